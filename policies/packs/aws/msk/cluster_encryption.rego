# METADATA
# scope: package
# title: Brokers speak TLS among themselves
# description: >-
#   Every record goes from broker to broker for its copies.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
# custom:
#   id: WL-AWS-MSK-002
#   remedy: |-
#     In Terraform:
#       Leave in_cluster out: it is on then.
#     In CloudFormation:
#       Leave InCluster out: it is on then.
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["MSK.1"]
#     checkov: ["CKV_AWS_81"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.cluster_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "traffic between brokers is not encrypted"} if {
	some it in input.resources.aws_msk_cluster
	resource.is_false_or_missing(it, "encryption_info.0.encryption_in_transit.0.in_cluster", true)
}
