resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}
