resource "aws_efs_file_system" "home" {
  encrypted = true
}
