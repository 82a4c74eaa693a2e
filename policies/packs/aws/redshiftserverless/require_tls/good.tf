resource "aws_redshiftserverless_workgroup" "facts" {
  namespace_name = "facts"
  workgroup_name = "facts"
  enhanced_vpc_routing = true
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}
