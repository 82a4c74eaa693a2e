resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  storage_encrypted   = true
  username            = "orders"
  password            = "correct-horse-battery-staple"
  skip_final_snapshot = false
}
