resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::222222222222:role/audit"
    bucket_arn = "arn:aws:s3:::example-audit"
  }
}
