# METADATA
# scope: package
# title: Clients speak TLS with the brokers
# description: >-
#   Records and passwords in plain text can be read by whoever reaches the network.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
# custom:
#   id: WL-AWS-MSK-001
#   remedy: |-
#     In Terraform:
#       encryption_info {
#         encryption_in_transit {
#           client_broker = "TLS"
#         }
#       }
#     In CloudFormation:
#       EncryptionInfo: {EncryptionInTransit: {ClientBroker: TLS}}
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["MSK.1"]
#     checkov: ["CKV_AWS_81"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.transit_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_msk_cluster
	found := resource.value_or_default(it, "encryption_info.0.encryption_in_transit.0.client_broker", "TLS")
	found in {"PLAINTEXT", "TLS_PLAINTEXT"}
	message := sprintf("clients may speak %s", [found])
}
