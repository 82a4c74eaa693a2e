# METADATA
# scope: package
# title: A warehouse survives the loss of a zone
# description: >-
#   A warehouse of one zone is gone as long as the zone is.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html
# custom:
#   id: WL-AWS-REDSHIFT-010
#   remedy: |-
#     In Terraform:
#       multi_az                            = true
#     In CloudFormation:
#       MultiAZ: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Redshift.18"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.multi_az

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the warehouse is in one zone"} if {
	some it in input.resources.aws_redshift_cluster

	# Other machines cannot be in several.
	startswith(it.values.node_type, "ra3.")
	resource.is_off(it, "multi_az")
}
