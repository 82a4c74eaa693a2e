resource "aws_autoscaling_group" "app" {
  min_size           = 2
  max_size           = 4
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  launch_template {
    name = "app"
  }
}
