resource "aws_guardduty_detector_feature" "objects" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}
