resource "aws_iam_server_certificate" "site" {
  name             = "site"
  certificate_body = file("site.pem")
  private_key      = file("site.key")
}
