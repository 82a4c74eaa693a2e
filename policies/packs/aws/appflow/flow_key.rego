# METADATA
# scope: package
# title: What flows between services is encrypted with a key of your own
# description: >-
#   Records of customers rest in AppFlow on their way; with a key of your own, its use is logged and can be
#   ended.
# related_resources:
#   - https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html
# custom:
#   id: WL-AWS-APPFLOW-001
#   remedy: |-
#     In Terraform:
#       kms_arn = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       KMSArn: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_263"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appflow.flow_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "records are encrypted with a key of AWS"} if {
	some it in input.resources.aws_appflow_flow
	resource.is_missing(it, "kms_arn")
}
