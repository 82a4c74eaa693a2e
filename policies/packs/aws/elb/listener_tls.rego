# METADATA
# scope: package
# title: A listener speaks TLS, or sends to one that does
# description: >-
#   Passwords and cookies over plain HTTP can be read and changed on the way.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
# custom:
#   id: WL-AWS-ELB-005
#   remedy: |-
#     In Terraform:
#       port            = 443
#       protocol        = "HTTPS"
#       ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-2021-06"
#       certificate_arn = aws_acm_certificate.app.arn
#     In CloudFormation:
#       Protocol: HTTPS
#       SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
#       Certificates: [{CertificateArn: !Ref Certificate}]
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ELB.1", "ELB.18"]
#     checkov: ["CKV_AWS_2", "CKV_AWS_378", "CKV2_AWS_20"]
#     terrascan: ["AC_AWS_0491", "AWS.ALL.IS.MEDIUM.0046"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.listener_tls

import data.wayleave.lib.resource

deny contains {"address": listener.address, "message": "requests are taken over plain HTTP"} if {
	some listener in resource.of_types(["aws_lb_listener", "aws_alb_listener"])
	listener.values.protocol == "HTTP"
	not only_redirects(listener)
	not resource.is_uncertain(listener, "default_action.0.type")
}

# A redirect to HTTPS is what a listener for HTTP is good for.
only_redirects(listener) if {
	some action in resource.blocks(listener, "default_action")
	action.type == "redirect"
	some redirect in resource.blocks(action, "redirect")
	object.get(redirect, "protocol", "#{protocol}") == "HTTPS"
}

only_redirects(listener) if {
	some index, action in listener.values.default_action
	action.type == "redirect"
	resource.is_uncertain(listener, sprintf("default_action.%d.redirect", [index]))
}
