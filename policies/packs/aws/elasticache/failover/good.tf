resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  engine               = "valkey"
  automatic_failover_enabled = true
  multi_az_enabled           = true
  num_cache_clusters         = 2
}
