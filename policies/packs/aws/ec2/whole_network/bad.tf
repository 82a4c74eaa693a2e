resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "app" {
  description = "The application"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group" "data" {
  description = "The database"
  vpc_id      = aws_vpc.main.id
  ingress {
    description     = "The application"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    cidr_blocks     = [aws_vpc.main.cidr_block]
  }
}
