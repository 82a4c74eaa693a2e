resource "aws_secretsmanager_secret" "db" {
  name = "db"
  kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
