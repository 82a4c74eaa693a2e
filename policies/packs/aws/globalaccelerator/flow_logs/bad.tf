resource "aws_globalaccelerator_accelerator" "app" {
  name = "app"
}
