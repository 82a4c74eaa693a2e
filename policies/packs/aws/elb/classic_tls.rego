# METADATA
# scope: package
# title: A classic load balancer speaks TLS
# description: >-
#   Passwords and cookies over plain HTTP can be read and changed on the way.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-https-load-balancers.html
# custom:
#   id: WL-AWS-ELB-008
#   remedy: |-
#     In Terraform:
#       lb_port            = 443
#       lb_protocol        = "https"
#       ssl_certificate_id = aws_acm_certificate.web.arn
#     In CloudFormation:
#       Listeners: [{LoadBalancerPort: "443", Protocol: HTTPS, SSLCertificateId: !Ref Certificate}]
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ELB.2", "ELB.3"]
#     checkov: ["CKV_AWS_127", "CKV_AWS_376"]
#     terrascan: ["AC_AWS_0120", "AWS.ELB.NetworkPortsSecurity.Low.0563"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.classic_tls

import data.wayleave.lib.resource

deny contains {"address": balancer.address, "message": message} if {
	some balancer in input.resources.aws_elb
	some listener in resource.blocks(balancer, "listener")
	lower(listener.lb_protocol) in {"http", "tcp"}
	message := sprintf("port %v is taken over %s", [object.get(listener, "lb_port", "that is not known yet"), lower(listener.lb_protocol)])
}
