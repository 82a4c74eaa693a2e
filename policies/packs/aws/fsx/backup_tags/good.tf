resource "aws_fsx_windows_file_system" "files" {
  subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  preferred_subnet_id = "subnet-0123456789abcdef0"
  active_directory_id = "d-0123456789"
  throughput_capacity = 32
  storage_capacity    = 300
  kms_key_id          = "arn:aws:kms:eu-west-1:222222222222:key/a"
  deployment_type     = "MULTI_AZ_1"
  copy_tags_to_backups = true
}
