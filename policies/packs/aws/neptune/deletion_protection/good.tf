resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  deletion_protection = true
}
