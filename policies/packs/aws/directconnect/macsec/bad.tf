resource "aws_dx_connection" "office" {
  name           = "office"
  bandwidth      = "10Gbps"
  location       = "EqDC2"
}
