resource "aws_docdb_cluster_parameter_group" "docs" {
  name   = "docs"
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled"
  }
}
