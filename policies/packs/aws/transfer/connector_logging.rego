# METADATA
# scope: package
# title: What a connector sends is logged
# description: >-
#   Without a log nobody can say which files went to the partner.
# related_resources:
#   - https://docs.aws.amazon.com/transfer/latest/userguide/structured-logging.html
# custom:
#   id: WL-AWS-TRANSFER-004
#   remedy: |-
#     In Terraform:
#       logging_role = "arn:aws:iam::222222222222:role/log"
#     In CloudFormation:
#       LoggingRole: arn:aws:iam::222222222222:role/log
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Transfer.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.transfer.connector_logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "transfers are not logged"} if {
	some it in input.resources.aws_transfer_connector
	resource.is_missing(it, "logging_role")
}
