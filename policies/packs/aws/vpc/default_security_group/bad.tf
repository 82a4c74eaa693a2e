resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    protocol  = "-1"
    self      = true
    from_port = 0
    to_port   = 0
  }
}
