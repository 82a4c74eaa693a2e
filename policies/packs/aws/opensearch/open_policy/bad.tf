resource "aws_opensearch_domain_policy" "audit" {
  domain_name = "audit"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:*"
      Resource  = "arn:aws:es:eu-west-1:222222222222:domain/audit/*"
    }]
  })
}
