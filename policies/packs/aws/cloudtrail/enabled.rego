# METADATA
# scope: package
# title: A trail is on
# description: >-
#   A trail that is turned off looks like one.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-005
#   remedy: |-
#     In Terraform:
#       enable_logging = true
#     In CloudFormation:
#       IsLogging: true
#   severity: high
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_251"]
#     cis-aws-3.0: ["3.1"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.enabled

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the trail is turned off"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_false_or_missing(it, "enable_logging", true)
}
