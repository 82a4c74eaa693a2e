resource "aws_appsync_api_cache" "orders" {
  api_id                     = "a1"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = false
  transit_encryption_enabled = true
}
