resource "aws_s3_access_point" "reports" {
  bucket = "example-reports"
  name   = "reports"
}
