resource "aws_elasticache_cluster" "sessions" {
  cluster_id = "sessions"
  engine     = "redis"
  node_type  = "cache.t4g.micro"
  engine_version           = "7.1"
  snapshot_retention_limit = 7
}
