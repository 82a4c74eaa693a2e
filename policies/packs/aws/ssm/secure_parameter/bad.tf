variable "password" {
  type = string
}

resource "aws_ssm_parameter" "db" {
  name  = "db_password"
  type  = "String"
  value = var.password
}
