resource "aws_acm_certificate" "app" {
  domain_name       = "app.example.com"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024"
}
