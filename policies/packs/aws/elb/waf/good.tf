resource "aws_lb" "app" {
  name               = "app"
  load_balancer_type = "application"
  subnets            = ["subnet-1", "subnet-2"]
  internal = true
}
