resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "cart"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  user_group_ids             = ["cart"]
  snapshot_retention_limit   = 7
  subnet_group_name          = "cart"
}
