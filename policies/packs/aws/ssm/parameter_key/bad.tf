resource "aws_ssm_parameter" "db" {
  name  = "db_password"
  type  = "SecureString"
  value = "from elsewhere"
}
