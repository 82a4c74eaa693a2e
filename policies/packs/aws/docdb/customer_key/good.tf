resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  kms_key_id        = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
