resource "aws_opensearch_domain" "audit" {
  domain_name = "audit"
  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
  }
  node_to_node_encryption {
    enabled = true
  }
}
