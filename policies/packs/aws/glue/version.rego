# METADATA
# scope: package
# title: A job runs on a version of Glue that is looked after
# description: >-
#   Older versions get no security updates, and stop running one day.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/glue-version-support-policy.html
# custom:
#   id: WL-AWS-GLUE-005
#   remedy: |-
#     In Terraform:
#       glue_version           = "5.0"
#     In CloudFormation:
#       GlueVersion: '5.0'
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Glue.4"]
#   parameters:
#     oldest:
#       default: 3.0
#       description: The oldest version of Glue that a job may run on.
#   engines: [terraform, cloudformation]
package wayleave.aws.glue.version

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_glue_job
	version := it.values.glue_version
	to_number(version) < data.parameters["WL-AWS-GLUE-005"].oldest
	message := sprintf("Glue %v is not looked after any more", [version])
}
