resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::222222222222:role/orders"
  definition = "{}"
  logging_configuration {
    log_destination = "arn:aws:logs:eu-west-1:222222222222:log-group:orders:*"
    level           = "ERROR"
  }
}
