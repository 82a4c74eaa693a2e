# METADATA
# scope: package
# title: A classic load balancer refuses requests that two servers may read differently
# description: >-
#   With requests that front and back read differently, one visitor reads the answers of another.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-desync-mitigation-mode.html
# custom:
#   id: WL-AWS-ELB-014
#   remedy: |-
#     In Terraform:
#       desync_mitigation_mode = "defensive"
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ELB.14"]
#   engines: [terraform]
package wayleave.aws.elb.classic_desync

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "ambiguous requests are let through"} if {
	some it in input.resources.aws_elb
	resource.value_or_default(it, "desync_mitigation_mode", "defensive") in {"monitor"}
}
