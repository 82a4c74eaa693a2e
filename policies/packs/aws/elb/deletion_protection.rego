# METADATA
# scope: package
# title: A load balancer is not deleted by mistake
# description: >-
#   Its name in DNS goes with it, and everything that points to it.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
# custom:
#   id: WL-AWS-ELB-002
#   remedy: |-
#     In Terraform:
#       enable_deletion_protection = true
#     In CloudFormation:
#       LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: "true"}]
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ELB.6"]
#     checkov: ["CKV_AWS_150"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.deletion_protection

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the load balancer may be deleted at any time"} if {
	some it in resource.of_types(["aws_lb", "aws_alb"])
	resource.is_off(it, "enable_deletion_protection")
}
