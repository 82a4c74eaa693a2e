resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  node_to_node_encryption {
    enabled = true
  }
}
