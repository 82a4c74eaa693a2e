resource "aws_redshift_cluster" "reports" {
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports_owner"
  manage_master_password = true
  publicly_accessible = false
  encrypted           = true
  allow_version_upgrade = false
}
