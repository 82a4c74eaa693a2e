resource "aws_kinesis_stream" "audit" {
  name        = "audit"
  shard_count = 1
}
