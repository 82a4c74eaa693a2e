# METADATA
# scope: package
# title: A notebook is encrypted with a key of your own
# description: >-
#   Notebooks collect samples of all data that there is.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html
# custom:
#   id: WL-AWS-SAGEMAKER-001
#   remedy: |-
#     In Terraform:
#       direct_internet_access = "Disabled"
#       kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       DirectInternetAccess: Disabled
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_22", "CKV_AWS_187"]
#     terrascan: ["AC_AWS_0499", "AWS.ASNI.DP.MEDIUM.0035"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the disk is encrypted with a key of AWS"} if {
	some it in input.resources.aws_sagemaker_notebook_instance
	resource.is_missing(it, "kms_key_id")
}
