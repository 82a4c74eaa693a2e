resource "aws_network_interface" "app" {
  subnet_id = "subnet-0123456789abcdef0"
  source_dest_check = true
}
