variable "office" {
  type    = string
  default = "192.0.2.1"
}

resource "aws_ec2_managed_prefix_list" "office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 1
  entry { cidr = "${var.office}/32" }
}
