resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    publish_cloudwatch_metrics_enabled = false
    enforce_workgroup_configuration = true
    result_configuration {
      output_location = "s3://example-results/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
