resource "aws_dx_connection" "office" {
  name           = "office"
  bandwidth      = "10Gbps"
  location       = "EqDC2"
  request_macsec = true
}
