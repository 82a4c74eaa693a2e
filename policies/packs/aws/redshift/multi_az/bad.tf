resource "aws_redshift_cluster" "facts" {
  cluster_identifier                  = "facts"
  node_type                           = "ra3.large"
  number_of_nodes                     = 2
  manage_master_password              = true
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-west-1:222222222222:key/a"
  publicly_accessible                 = false
  enhanced_vpc_routing                = true
  automated_snapshot_retention_period = 7
  master_username                     = "facts_owner"
  multi_az                            = false
}
