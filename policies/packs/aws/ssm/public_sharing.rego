# METADATA
# scope: package
# title: Documents of an account cannot be shared with everybody
# description: >-
#   With the setting, one mistake in one document shows it to every account of AWS.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html
# custom:
#   id: WL-AWS-SSM-006
#   remedy: |-
#     In Terraform:
#       setting_value = "Disable"
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["SSM.7"]
#   engines: [terraform]
package wayleave.aws.ssm.public_sharing

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "documents may be shared with everybody"} if {
	some it in input.resources.aws_ssm_service_setting
	endswith(it.values.setting_id, "/ssm/documents/console/public-sharing-permission")
	lower(it.values.setting_value) == "enable"
}
