resource "aws_redshiftserverless_namespace" "facts" {
  namespace_name = "facts"
  kms_key_id     = "arn:aws:kms:eu-west-1:222222222222:key/a"
  log_exports    = ["connectionlog", "userlog"]
  admin_username = "facts_owner"
}
