resource "aws_athena_database" "reports" {
  name   = "reports"
  bucket = "example-results"
}
