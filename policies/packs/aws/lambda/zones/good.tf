resource "aws_lambda_function" "pay" {
  function_name = "pay"
  role          = "arn:aws:iam::222222222222:role/pay"
  runtime       = "python3.13"
  handler       = "main.handler"
  filename      = "pay.zip"
  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
