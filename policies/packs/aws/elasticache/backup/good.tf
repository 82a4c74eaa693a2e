resource "aws_elasticache_cluster" "sessions" {
  cluster_id = "sessions"
  engine     = "redis"
  node_type  = "cache.t4g.micro"
  snapshot_retention_limit = 7
}
