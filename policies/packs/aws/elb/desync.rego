# METADATA
# scope: package
# title: Requests that two servers may read differently are refused
# description: >-
#   In the mode monitor they are passed on, and one request can be slipped into another.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
# custom:
#   id: WL-AWS-ELB-004
#   remedy: |-
#     In Terraform:
#       desync_mitigation_mode = "defensive"
#     In CloudFormation:
#       LoadBalancerAttributes: [{Key: routing.http.desync_mitigation_mode, Value: defensive}]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ELB.12"]
#     checkov: ["CKV_AWS_328"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.desync

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_lb", "aws_alb"])
	found := resource.value(it, "desync_mitigation_mode")
	found in {"monitor"}
	message := sprintf("the mode is %s", [found])
}
