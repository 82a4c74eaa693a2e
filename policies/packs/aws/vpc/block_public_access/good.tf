resource "aws_vpc_block_public_access_options" "region" {
  internet_gateway_block_mode = "block-ingress"
}
