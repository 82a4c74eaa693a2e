# METADATA
# scope: package
# title: A parameter that holds a secret is encrypted
# description: >-
#   A parameter of the type String is shown to everybody who may describe parameters, in plain text, in every
#   console.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
# custom:
#   id: WL-AWS-SSM-001
#   remedy: |-
#     In Terraform:
#       type = "SecureString"
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV2_AWS_34"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ssm.secure_parameter

# What is a secret is told by its name only.
deny contains {"address": parameter.address, "message": message} if {
	some parameter in input.resources.aws_ssm_parameter
	parameter.values.type in {"String", "StringList"}
	regex.match(`(?i)(password|passwd|secret|private_?key|api_?key|token|credential)`, parameter.values.name)
	not regex.match(`(?i)(arn|name|id|url|path|length|policy|rotation)$`, parameter.values.name)
	message := sprintf("the parameter %s has the type %s", [parameter.values.name, parameter.values.type])
}
