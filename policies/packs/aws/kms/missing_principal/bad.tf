resource "aws_kms_key" "data" {
  description         = "Data"
  enable_key_rotation = true

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*" }]
  })
}
