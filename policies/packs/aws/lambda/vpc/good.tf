resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::222222222222:role/orders"
  filename      = "orders.zip"
  handler       = "index.handler"
  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
