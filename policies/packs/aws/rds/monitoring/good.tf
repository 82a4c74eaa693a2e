resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::222222222222:role/rds-monitoring"
}
