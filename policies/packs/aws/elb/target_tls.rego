# METADATA
# scope: package
# title: A load balancer speaks TLS with its targets
# description: >-
#   Behind the load balancer the request goes on over the network of the VPC, which others may share.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
# custom:
#   id: WL-AWS-ELB-007
#   remedy: |-
#     In Terraform:
#       protocol = "HTTPS"
#     In CloudFormation:
#       Protocol: HTTPS
#   severity: low
#   category: Data Protection
#   frameworks:
#     terrascan: ["AC_AWS_0492", "AWS.ALTG.IS.MEDIUM.0042"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.target_tls

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_lb_target_group", "aws_alb_target_group"])
	found := resource.value(it, "protocol")
	found in {"HTTP"}
	message := sprintf("targets are asked over %s", [found])
}
