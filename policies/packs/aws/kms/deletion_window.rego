# METADATA
# scope: package
# title: There is time to stop the deletion of a key
# description: >-
#   What was encrypted with a deleted key is lost. In the waiting period, alarms and broken programs show that the key is
#   still needed.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: WL-AWS-KMS-004
#   remedy: |-
#     In Terraform:
#       deletion_window_in_days = 30
#     In CloudFormation: PendingWindowInDays: 30.
#   severity: low
#   category: Resilience
#   parameters:
#     days:
#       description: The waiting period has at least this many days.
#       default: 14
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.deletion_window

import data.wayleave.lib.resource

deny contains {"address": key.address, "message": sprintf("a deleted key is gone after %d days", [days])} if {
	some kind in ["aws_kms_external_key", "aws_kms_key", "aws_kms_replica_key"]
	some key in input.resources[kind]
	some path in ["deletion_window_in_days", "pending_window_in_days"]
	days := to_number(resource.value(key, path))
	days < data.parameters["WL-AWS-KMS-004"].days
}
