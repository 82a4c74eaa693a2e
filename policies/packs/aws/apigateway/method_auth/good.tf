resource "aws_api_gateway_method" "orders" {
  rest_api_id = "a1b2c3d4e5"
  resource_id = "r1"
  http_method = "POST"
  authorization = "AWS_IAM"
}
