resource "aws_elb" "web" {
  name               = "web"
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 443
    lb_protocol       = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:222222222222:certificate/1"
  }
  access_logs {
    bucket = "example-logs"
  }
  cross_zone_load_balancing = false
}
