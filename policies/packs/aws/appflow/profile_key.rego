# METADATA
# scope: package
# title: The passwords of a connection are encrypted with a key of your own
# description: >-
#   A profile holds the keys to the other service; with a key of your own, its use is logged and can be ended.
# related_resources:
#   - https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html
# custom:
#   id: WL-AWS-APPFLOW-002
#   remedy: |-
#     In Terraform:
#       kms_arn = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       KMSArn: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_264"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appflow.profile_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the passwords are encrypted with a key of AWS"} if {
	some it in input.resources.aws_appflow_connector_profile
	resource.is_missing(it, "kms_arn")
}
