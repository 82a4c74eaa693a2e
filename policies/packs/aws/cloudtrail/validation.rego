# METADATA
# scope: package
# title: Nobody can change what a trail wrote without being noticed
# description: >-
#   With validation, every hour a signed digest says what was there; without it, a line can be taken out.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-002
#   remedy: |-
#     In Terraform:
#       enable_log_file_validation = true
#     In CloudFormation:
#       EnableLogFileValidation: true
#   severity: medium
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["CloudTrail.4"]
#     checkov: ["CKV_AWS_36"]
#     cis-aws-3.0: ["3.2"]
#     terrascan: ["AC_AWS_0446", "AWS.CloudTrail.LM.MEDIUM.0087"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.validation

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "log files are not validated"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_off(it, "enable_log_file_validation")
}
