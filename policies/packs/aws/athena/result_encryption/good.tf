resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    result_configuration {
      output_location = "s3://example-results/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
