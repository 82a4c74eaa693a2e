resource "aws_ec2_client_vpn_endpoint" "people" {
  client_cidr_block      = "10.20.0.0/22"
  server_certificate_arn = "arn:aws:acm:eu-west-1:222222222222:certificate/a"
  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = "arn:aws:iam::222222222222:saml-provider/people"
  }
  connection_log_options {
    enabled = false
  }
}
