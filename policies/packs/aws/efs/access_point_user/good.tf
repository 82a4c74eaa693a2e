resource "aws_efs_access_point" "home" {
  file_system_id = "fs-0123456789abcdef0"
  root_directory {
    path = "/home"
  }
  posix_user {
    uid = 1000
    gid = 1000
  }
}
