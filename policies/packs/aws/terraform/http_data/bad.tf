data "http" "office" {
  url = "https://example.com/our-address"
}

resource "aws_ec2_managed_prefix_list" "office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 1
  entry { cidr = "${data.http.office.response_body}/32" }
}
