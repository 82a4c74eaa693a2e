resource "aws_ssm_service_setting" "sharing" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Enable"
}
