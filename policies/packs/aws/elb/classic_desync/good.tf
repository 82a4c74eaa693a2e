resource "aws_elb" "web" {
  subnets                   = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  connection_draining       = true
  internal                  = true
  cross_zone_load_balancing = true
  access_logs {
    bucket = "example-logs"
  }
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:222222222222:certificate/a"
  }
  desync_mitigation_mode = "defensive"
}
