variable "password" {
  type = string
}

resource "aws_ssm_parameter" "db" {
  name  = "db_password"
  type  = "SecureString"
  value = var.password
  key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
