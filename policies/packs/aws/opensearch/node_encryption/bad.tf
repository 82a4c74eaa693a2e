resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  encrypt_at_rest {
    enabled = true
  }
}
