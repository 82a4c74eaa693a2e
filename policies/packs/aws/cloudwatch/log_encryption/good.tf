resource "aws_cloudwatch_log_group" "app" {
  name = "app"
  retention_in_days = 400
  kms_key_id        = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
