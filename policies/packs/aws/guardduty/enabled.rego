# METADATA
# scope: package
# title: GuardDuty is on
# description: >-
#   It is what notices stolen keys, mining and strange addresses; turned off, nobody does.
# related_resources:
#   - https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html
# custom:
#   id: WL-AWS-GUARDDUTY-001
#   remedy: |-
#     In Terraform:
#       enable = true
#     In CloudFormation:
#       Enable: true
#   severity: high
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["GuardDuty.1"]
#     checkov: ["CKV_AWS_238"]
#     terrascan: ["AC_AWS_0131", "AWS.GuardDutyEnabled.Security.Medium.0575"]
#   engines: [terraform, cloudformation]
package wayleave.aws.guardduty.enabled

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the detector is turned off"} if {
	some it in input.resources.aws_guardduty_detector
	resource.is_false_or_missing(it, "enable", true)
}
