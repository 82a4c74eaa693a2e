resource "aws_acm_certificate" "app" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}
