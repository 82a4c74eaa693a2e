resource "aws_athena_database" "reports" {
  name   = "reports"
  bucket = "example-results"
  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}
