resource "aws_s3_object" "report" {
  bucket  = "example-reports"
  key     = "2026/report.csv"
  content = "a,b"
}
