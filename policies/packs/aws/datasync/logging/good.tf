resource "aws_datasync_task" "files" {
  source_location_arn      = "arn:aws:datasync:eu-west-1:222222222222:location/loc-a"
  destination_location_arn = "arn:aws:datasync:eu-west-1:222222222222:location/loc-b"
  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:/files:*"
  options {
    log_level = "TRANSFER"
  }
}
