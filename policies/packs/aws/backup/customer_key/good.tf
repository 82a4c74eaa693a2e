resource "aws_backup_vault" "daily" {
  name        = "daily"
  kms_key_arn = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
