data "external" "image" {
  program = ["sh", "${path.module}/newest-image.sh"]
}

resource "aws_ssm_parameter" "image" {
  name  = "/app/image"
  type  = "String"
  value = data.external.image.result["id"]
}
