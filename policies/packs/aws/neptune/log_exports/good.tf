resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  enable_cloudwatch_logs_exports = ["audit"]
}
