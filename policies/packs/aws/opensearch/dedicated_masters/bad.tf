resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
}
