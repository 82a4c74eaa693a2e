resource "aws_db_proxy" "shop" {
  name           = "shop"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::222222222222:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = false
  auth {
    iam_auth   = "REQUIRED"
    secret_arn = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop"
  }
}
