resource "aws_cloudformation_stack" "network" {
  name          = "network"
  template_body = "{}"
  policy_body = jsonencode({ Statement = [{ Effect = "Deny", Action = "Update:Replace", Principal = "*", Resource = "*" }] })
}
