resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::111111111111:role/report"
  handler       = "report.run"
  runtime       = "python3.13"
  filename      = "report.zip"

  environment {
    variables = { BUCKET = "reports" }
  }
}
