resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:audit"
    log_type                 = "INDEX_SLOW_LOGS"
  }
}
