# METADATA
# scope: package
# title: A public load balancer has a web ACL in front
# description: >-
#   A web ACL keeps out known attacks and floods of requests before they reach the application.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-waf.html
# custom:
#   id: WL-AWS-ELB-012
#   remedy: |-
#     In Terraform:
#       resource "aws_wafv2_web_acl_association" "app" {
#         resource_arn = aws_lb.app.arn
#         web_acl_arn  = aws_wafv2_web_acl.app.arn
#       }
#     In CloudFormation:
#       AWS::WAFv2::WebACLAssociation with ResourceArn and WebACLArn.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-security-hub: ["ELB.16"]
#     checkov: ["CKV2_AWS_28"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.waf

import data.wayleave.lib.resource

kind := "aws_wafv2_web_acl_association"

deny contains {"address": balancer.address, "message": "no web ACL is in front"} if {
	some balancer in resource.of_types(["aws_lb", "aws_alb"])
	resource.value_or_default(balancer, "load_balancer_type", "application") == "application"
	resource.is_off(balancer, "internal")
	count(resource.attached(balancer, kind, "resource_arn")) == 0
	not resource.may_be_attached(kind, "resource_arn")
}
