resource "aws_secretsmanager_secret" "db" {
  name = "db"
  kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}

resource "aws_secretsmanager_secret_rotation" "db" {
  secret_id           = aws_secretsmanager_secret.db.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:222222222222:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
