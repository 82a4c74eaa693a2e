resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:222222222222:orders"
  protocol  = "https"
  endpoint  = "https://orders.example.com"
}
