# METADATA
# scope: package
# title: A trail is encrypted with a key of your own
# description: >-
#   The trail tells an intruder what you have and who does what; a key of your own decides who may read it.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-003
#   remedy: |-
#     In Terraform:
#       kms_key_id = aws_kms_key.trail.arn
#     In CloudFormation:
#       KMSKeyId: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CloudTrail.2"]
#     checkov: ["CKV_AWS_35"]
#     cis-aws-3.0: ["3.5"]
#     terrascan: ["AC_AWS_0033", "AWS.CloudTrail.Logging.High.0399"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the trail has no key of its own"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_missing(it, "kms_key_id")
}
