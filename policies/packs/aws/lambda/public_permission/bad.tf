resource "aws_lambda_permission" "call" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
