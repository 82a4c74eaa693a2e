resource "aws_sqs_queue" "orders" {
  name = "orders"
  kms_master_key_id = "alias/orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-west-1:222222222222:orders-failed"
    maxReceiveCount     = 5
  })
}
