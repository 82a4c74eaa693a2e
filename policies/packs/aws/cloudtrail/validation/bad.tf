resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = "example-trail"
  is_multi_region_trail      = true
  enable_log_file_validation = false
  enable_logging             = true
  kms_key_id                 = "arn:aws:kms:eu-west-1:222222222222:key/1"
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::222222222222:role/trail"
  sns_topic_name             = "trail"
}
