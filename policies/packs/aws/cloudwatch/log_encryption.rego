# METADATA
# scope: package
# title: A log group is encrypted with a key of your own
# description: >-
#   Logs hold more than one thinks. With a key of your own, who may read them is decided a second time.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
# custom:
#   id: WL-AWS-CLOUDWATCH-003
#   remedy: |-
#     In Terraform:
#       retention_in_days = 400
#       kms_key_id        = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       RetentionInDays: 400
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_158"]
#     terrascan: ["AC_AWS_0451", "AWS.CloudWatch.EncryptionandKeyManagement.High.0632"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudwatch.log_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the log group has no key of its own"} if {
	some it in input.resources.aws_cloudwatch_log_group
	resource.is_missing(it, "kms_key_id")
}
