resource "aws_vpn_connection" "office" {
  customer_gateway_id = "cgw-0123456789abcdef0"
  transit_gateway_id  = "tgw-0123456789abcdef0"
  type                = "ipsec.1"
}
