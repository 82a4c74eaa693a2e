resource "aws_codebuild_report_group" "tests" {
  name = "tests"
  type = "TEST"
  export_config {
    type = "S3"
    s3_destination {
      bucket         = "example-reports"
      encryption_key = "arn:aws:kms:eu-west-1:222222222222:key/a"
      encryption_disabled = false
    }
  }
}
