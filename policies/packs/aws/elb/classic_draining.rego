# METADATA
# scope: package
# title: A classic load balancer lets requests end
# description: >-
#   Without draining, each machine that goes takes the requests with it that it was answering.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html
# custom:
#   id: WL-AWS-ELB-013
#   remedy: |-
#     In Terraform:
#       connection_draining = true
#     In CloudFormation:
#       ConnectionDrainingPolicy: {Enabled: true, Timeout: 300}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ELB.7"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.classic_draining

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "requests are cut off when a machine goes"} if {
	some it in input.resources.aws_elb
	resource.is_off(it, "connection_draining")
}
