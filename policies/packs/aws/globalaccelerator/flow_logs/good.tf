resource "aws_globalaccelerator_accelerator" "app" {
  name = "app"
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "example-logs"
  }
}
