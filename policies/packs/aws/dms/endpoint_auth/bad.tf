resource "aws_dms_endpoint" "shop" {
  endpoint_id   = "shop"
  endpoint_type = "source"
  engine_name   = "mongodb"
  server_name   = "mongo.example.com"
  ssl_mode      = "verify-full"
  mongodb_settings {
    auth_type = "no"
  }
}
