resource "aws_datasync_task" "files" {
  source_location_arn      = "arn:aws:datasync:eu-west-1:222222222222:location/loc-a"
  destination_location_arn = "arn:aws:datasync:eu-west-1:222222222222:location/loc-b"
}
