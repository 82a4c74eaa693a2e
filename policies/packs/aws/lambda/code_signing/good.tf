resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::222222222222:role/orders"
  filename      = "orders.zip"
  handler       = "index.handler"
  code_signing_config_arn = "arn:aws:lambda:eu-west-1:222222222222:code-signing-config:csc-0123456789abcdef0"
}
