# METADATA
# scope: package
# title: A load balancer is in several zones
# description: >-
#   What is in one zone is gone with it.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
# custom:
#   id: WL-AWS-ELB-015
#   remedy: |-
#     In Terraform:
#       subnets             = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
#     In CloudFormation:
#       Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ELB.10", "ELB.13"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.zones

import data.wayleave.lib.resource
places := {"subnets", "subnet_mapping", "availability_zones"}

deny contains {"address": it.address, "message": "the load balancer is in one zone"} if {
	some it in resource.of_types(["aws_elb", "aws_lb", "aws_alb"])
	some attribute in places
	count(resource.listed(it.values[attribute])) == 1
	not resource.is_unknown(it, attribute)
	every other in [place | some place in places; place != attribute] {
		resource.is_missing(it, other)
	}
}
