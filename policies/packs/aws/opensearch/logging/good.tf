resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:audit"
    log_type                 = "INDEX_SLOW_LOGS"
  }
}
