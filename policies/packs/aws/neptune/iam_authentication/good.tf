resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted = true
  iam_database_authentication_enabled = true
}
