resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  backup_retention_period = 14
}
