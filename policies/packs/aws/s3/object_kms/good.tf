resource "aws_s3_object" "report" {
  bucket  = "example-reports"
  key     = "2026/report.csv"
  content = "a,b"
  kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
