# METADATA
# scope: package
# title: Headers that are not valid are dropped
# description: >-
#   What the load balancer and the application read differently is used to slip one request into another.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
# custom:
#   id: WL-AWS-ELB-003
#   remedy: |-
#     In Terraform:
#       drop_invalid_header_fields = true
#     In CloudFormation:
#       LoadBalancerAttributes: [{Key: routing.http.drop_invalid_header_fields.enabled, Value: "true"}]
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ELB.4"]
#     checkov: ["CKV_AWS_131"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.drop_invalid_headers

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "headers that are not valid are passed on"} if {
	some it in resource.of_types(["aws_lb", "aws_alb"])
	resource.is_off(it, "drop_invalid_header_fields")
	resource.value_or_default(it, "load_balancer_type", "application") == "application"
}
