resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::222222222222:role/orders"
  definition = "{}"
}
