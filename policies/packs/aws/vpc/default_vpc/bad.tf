resource "aws_default_vpc" "main" {
}
