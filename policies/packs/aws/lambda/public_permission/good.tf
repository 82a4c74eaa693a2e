resource "aws_lambda_permission" "call" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws:iam::222222222222:role/caller"
}
