resource "aws_cloudformation_stack" "network" {
  name          = "network"
  template_body = "{}"
  iam_role_arn  = "arn:aws:iam::222222222222:role/stacks"
  capabilities = ["CAPABILITY_AUTO_EXPAND"]
}
