# METADATA
# scope: package
# title: A replication instance survives the loss of a zone
# description: >-
#   When its zone is gone, the move stops, and the two databases drift apart.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html
# custom:
#   id: WL-AWS-DMS-005
#   remedy: |-
#     In Terraform:
#       multi_az                   = true
#     In CloudFormation:
#       MultiAZ: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["DMS.13"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.multi_az

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "there is no second instance in another zone"} if {
	some it in input.resources.aws_dms_replication_instance
	resource.is_off(it, "multi_az")
}
