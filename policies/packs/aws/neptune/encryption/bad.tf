resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
}
