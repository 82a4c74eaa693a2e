# METADATA
# scope: package
# title: A group starts its machines in several zones
# description: >-
#   Machines of one zone are gone together when the zone is.
# related_resources:
#   - https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
# custom:
#   id: WL-AWS-AUTOSCALING-003
#   remedy: |-
#     In Terraform:
#       vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
#     In CloudFormation:
#       VPCZoneIdentifier: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["AutoScaling.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.autoscaling.zones

import data.wayleave.lib.resource
# Subnets or zones, whichever the group names.
places := {"vpc_zone_identifier", "availability_zones"}

deny contains {"address": it.address, "message": "all machines are in one zone"} if {
	some it in input.resources.aws_autoscaling_group
	some attribute in places
	count(it.values[attribute]) == 1
	not resource.is_unknown(it, attribute)
	every other in [place | some place in places; place != attribute] {
		resource.is_missing(it, other)
	}
}
