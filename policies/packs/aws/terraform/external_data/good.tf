variable "image" {
  type = string
}

resource "aws_ssm_parameter" "image" {
  name  = "/app/image"
  type  = "String"
  value = var.image
}
