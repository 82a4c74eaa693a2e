# METADATA
# scope: package
# title: No AWS key is written in user data, variables or parameters
# description: >-
#   Whoever may read the configuration of an instance, function or container has the key: everybody with read rights, and
#   every program on the machine.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
# custom:
#   id: WL-AWS-SECRETS-002
#   remedy: |-
#     Give the workload a role, and take the key that was written out of use at once:
#       iam_instance_profile = aws_iam_instance_profile.app.name
#     In CloudFormation: IamInstanceProfile, Role or TaskRoleArn.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_45", "CKV_AWS_46", "CKV_SECRET_2", "CKV_SECRET_13"]
#   engines: [terraform, cloudformation]
package wayleave.aws.secrets.access_key

import data.wayleave.lib.secrets

# What keys of AWS look like, and private keys of any kind.
patterns := {
	"an access key": `(^|[^A-Za-z0-9+/])(AKIA|ASIA)[A-Z0-9]{16}([^A-Za-z0-9+/]|$)`,
	"a secret access key": `(?i)aws.{0,20}(secret|key)\S{0,20}\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(["'\s]|$)`,
	"a private key": `-----BEGIN ([A-Z]+ )?PRIVATE KEY-----`,
}

# What a text has in it in any case.
hints := {
	"an access key": ["akia", "asia"],
	"a secret access key": ["aws"],
	"a private key": ["private key"],
}

# Attributes that carry text or variables of a workload.
texts := ["user_data", "container_definitions", "definition", "value", "template_body", "source_code", "inline_code"]

encoded := ["user_data_base64", "user_data"]

# What of all resources may have a key in it, found in one go.
written := [{"address": resource.address, "attribute": attribute, "value": value} |
	some attribute in array.concat(["user_data_base64", "environment"], texts)
	some kind in input.attributes[attribute]
	some resource in input.resources[kind]
	value := resource.values[attribute]
]

deny contains {"address": it.address, "message": sprintf("%s is written in %s", [what, it.attribute])} if {
	some it in written
	it.attribute in texts
	some what in keys_in(text_of(it.value))
}

deny contains {"address": it.address, "message": sprintf("%s is written in %s", [what, it.attribute])} if {
	some it in written
	it.attribute in encoded
	some what in keys_in(base64.decode(it.value))
}

deny contains {"address": it.address, "message": sprintf("%s is written in the variables", [what])} if {
	some it in environments
	some what in keys_in(json.marshal(it.value))
}

deny contains {"address": it.address, "message": sprintf("%s is written in the variables", [name])} if {
	some it in environments
	some block in it.value
	some name, value in block.variables
	lower(name) in {"aws_secret_access_key", "aws_access_key_id", "aws_session_token"}
	is_string(value)
	value != ""
}

environments := [it | some it in written; it.attribute == "environment"; is_array(it.value)]

text_of(value) := value if is_string(value)

text_of(value) := json.marshal(value) if {
	not is_string(value)
	value != null
}

keys_in(text) := {what | some what, pattern in patterns; secrets.mentions(text, hints[what]); regex.match(pattern, text)}
