# METADATA
# scope: package
# title: Secrets are not written in the code
# description: >-
#   A password in the code is in the history of the repository and in every copy of it; everybody who may read the code may
#   use it.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html
# custom:
#   id: WL-AWS-SECRETS-001
#   remedy: |-
#     Let the service make the password, or take it from Secrets Manager:
#       manage_master_user_password = true
#     In CloudFormation: ManageMasterUserPassword: true, or '{{resolve:secretsmanager:orders:SecretString:password}}'.
#   severity: high
#   category: Data Protection
#   engines: [terraform, cloudformation]
package wayleave.aws.secrets.literal_secret

names := `(?i)(^|_)(password|passwd|secret_?string|auth_?token|secret_?key|client_?secret|private_key|oauth_?token|access_?token|admin_?user_?password|master_?user_?password)(_wo)?$`

# The attributes of such names, with the types of resources that have them.
secrets := {name: kinds | some name, kinds in input.attributes; regex.match(names, name)}

deny contains {"address": resource.address, "message": sprintf("%s is written in the code", [key])} if {
	some key, kinds in secrets
	some kind in kinds
	some resource in input.resources[kind]
	is_literal(resource.values[key])
}

deny contains {"address": resource.address, "message": sprintf("%s.%s is written in the code", [block, key])} if {
	some key, kinds in secrets
	some kind in kinds
	some resource in input.resources[kind]
	some block, written in resource.values
	is_array(written)
	some item in written
	is_literal(item[key])
}

deny contains {"address": parameter.address, "message": "the value of a secure parameter is written in the code"} if {
	some parameter in input.resources.aws_ssm_parameter
	parameter.values.type == "SecureString"
	some key in ["value", "insecure_value", "value_wo"]
	is_literal(parameter.values[key])
}

is_literal(value) if {
	is_string(value)
	value != ""
	not startswith(value, "{{resolve:")
	not startswith(value, "arn:")
	not contains(value, "${")
}
