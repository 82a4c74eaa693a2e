resource "aws_autoscaling_group" "app" {
  min_size           = 2
  max_size           = 4
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/app/1"]
  launch_template {
    name = "app"
  }
}
