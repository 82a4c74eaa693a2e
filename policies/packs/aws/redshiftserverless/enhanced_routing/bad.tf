resource "aws_redshiftserverless_workgroup" "facts" {
  namespace_name = "facts"
  workgroup_name = "facts"
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
  enhanced_vpc_routing = false
}
