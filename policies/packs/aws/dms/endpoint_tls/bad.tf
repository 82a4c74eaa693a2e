resource "aws_dms_endpoint" "shop" {
  endpoint_id                 = "shop"
  endpoint_type               = "source"
  engine_name                 = "mysql"
  secrets_manager_arn         = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop"
  secrets_manager_access_role_arn = "arn:aws:iam::222222222222:role/dms"
  ssl_mode = "none"
}
