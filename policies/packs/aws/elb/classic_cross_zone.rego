# METADATA
# scope: package
# title: A classic load balancer spreads requests over all zones
# description: >-
#   Otherwise each zone gets the same share, however few machines it has left.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html
# custom:
#   id: WL-AWS-ELB-010
#   remedy: |-
#     In Terraform:
#       cross_zone_load_balancing = true
#     In CloudFormation:
#       CrossZone: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ELB.9"]
#     checkov: ["CKV_AWS_138"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.classic_cross_zone

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "each zone gets the same share"} if {
	some it in input.resources.aws_elb
	resource.is_false_or_missing(it, "cross_zone_load_balancing", true)
}
