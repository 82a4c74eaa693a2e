resource "aws_connect_instance" "desk" {
  instance_alias           = "desk"
  identity_management_type = "CONNECT_MANAGED"
  inbound_calls_enabled    = true
  outbound_calls_enabled   = true
  contact_flow_logs_enabled = true
}
