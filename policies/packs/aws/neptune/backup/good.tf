resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  backup_retention_period = 14
}
