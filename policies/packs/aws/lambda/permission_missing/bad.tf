resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::222222222222:role/orders"
  filename      = "orders.zip"
  handler       = "index.handler"
}
