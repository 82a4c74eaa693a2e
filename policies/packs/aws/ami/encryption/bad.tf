resource "aws_ami" "golden" {
  name                = "golden"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 20
    encrypted   = false
  }
}
