resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::222222222222:role/orders"
  filename      = "orders.zip"
  handler       = "index.handler"
}

resource "aws_lambda_permission" "api" {
  function_name = aws_lambda_function.orders.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-west-1:222222222222:api/*"
}
