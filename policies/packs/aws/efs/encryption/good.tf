resource "aws_efs_file_system" "home" {
  encrypted = true
  kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
