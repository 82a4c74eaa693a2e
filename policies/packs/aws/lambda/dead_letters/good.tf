resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::222222222222:role/orders"
  filename      = "orders.zip"
  handler       = "index.handler"
  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:222222222222:orders-failed"
  }
}
