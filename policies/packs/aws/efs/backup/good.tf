resource "aws_efs_backup_policy" "home" {
  file_system_id = "fs-0123456789abcdef0"
  backup_policy {
    status = "ENABLED"
  }
}
