# METADATA
# scope: package
# title: A job has a security configuration
# description: >-
#   Without one, what the job writes, its bookmarks and its logs are not encrypted with a key of yours.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/set-up-encryption.html
# custom:
#   id: WL-AWS-GLUE-003
#   remedy: |-
#     In Terraform:
#       security_configuration = "all"
#     In CloudFormation:
#       SecurityConfiguration: all
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_195"]
#   engines: [terraform, cloudformation]
package wayleave.aws.glue.job_security

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "there is no security configuration"} if {
	some it in resource.of_types(["aws_glue_job", "aws_glue_crawler", "aws_glue_dev_endpoint"])
	resource.is_missing(it, "security_configuration")
}
