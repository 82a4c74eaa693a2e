resource "aws_ami_launch_permission" "golden" {
  image_id = "ami-0123456789abcdef0"
  organization_arn = "arn:aws:organizations::111111111111:organization/o-example"
}
