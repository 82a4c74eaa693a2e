resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  enabled_cloudwatch_logs_exports = ["audit"]
}
