resource "aws_db_security_group" "orders" {
  name = "orders"
  ingress {
    cidr = "10.0.0.0/24"
  }
}
