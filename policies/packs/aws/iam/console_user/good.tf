resource "aws_ssoadmin_account_assignment" "kim" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6a7b"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6a7b/ps-0a1b2c3d4e5f6a7b"
  principal_id       = "0a1b2c3d4e-0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
  principal_type     = "USER"
  target_id          = "111111111111"
  target_type        = "AWS_ACCOUNT"
}
