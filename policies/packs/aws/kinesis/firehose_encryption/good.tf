resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::222222222222:role/audit"
    bucket_arn = "arn:aws:s3:::example-audit"
  }
  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-west-1:222222222222:key/1"
  }
}
