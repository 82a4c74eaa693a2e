# METADATA
# scope: package
# title: A connector speaks TLS with the brokers
# description: >-
#   Whoever sits between connector and brokers reads every record.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-connectors.html
# custom:
#   id: WL-AWS-MSK-007
#   remedy: |-
#     In Terraform:
#       encryption_type = "TLS"
#     In CloudFormation:
#       EncryptionType: TLS
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["MSK.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.connector_tls

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "records travel in the clear"} if {
	some it in input.resources.aws_mskconnect_connector
	resource.value_or_default(it, "kafka_cluster_encryption_in_transit.0.encryption_type", "PLAINTEXT") in {"PLAINTEXT"}
}
