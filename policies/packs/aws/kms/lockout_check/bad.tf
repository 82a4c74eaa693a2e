resource "aws_kms_key" "data" {
  description         = "Data"
  enable_key_rotation = true
  bypass_policy_lockout_safety_check = true

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::111111111111:root" } }]
  })
}
