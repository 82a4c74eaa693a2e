resource "aws_elasticache_cluster" "sessions" {
  cluster_id = "sessions"
  engine     = "redis"
  node_type  = "cache.t4g.micro"
  engine_version           = "5.0.6"
  snapshot_retention_limit = 7
}
