resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 8443
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
  health_check {
    path = "/health"
  }
}
