resource "aws_config_configuration_recorder" "all" {
  role_arn = "arn:aws:iam::222222222222:role/config"
  recording_group {
    all_supported                 = false
    include_global_resource_types = false
  }
}
