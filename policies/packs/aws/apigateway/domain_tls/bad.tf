resource "aws_api_gateway_domain_name" "api" {
  domain_name              = "api.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:222222222222:certificate/1"
  security_policy          = "TLS_1_0"
}
