resource "aws_redshift_cluster" "reports" {
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports_owner"
  manage_master_password = true
  publicly_accessible = false
  encrypted           = true
  kms_key_id          = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
