# METADATA
# scope: package
# title: A database refuses connections without TLS
# description: >-
#   Passwords and data on the wire can be read by whoever reaches the network. A parameter of the database
#   refuses them.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
# custom:
#   id: WL-AWS-RDS-013
#   remedy: |-
#     In Terraform:
#       parameter {
#         name  = "rds.force_ssl"
#         value = "1"
#       }
#     In CloudFormation:
#       AWS::RDS::DBParameterGroup with Parameters: {rds.force_ssl: 1}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["RDS.38", "RDS.39", "RDS.41", "RDS.44"]
#     checkov: ["CKV2_AWS_69"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.transport_encryption

import data.wayleave.lib.resource

# Which parameter it is, by the family of the group; one that is not written counts as the engine's default.
demands := {
	"postgres": {"name": "rds.force_ssl", "default": "1"},
	"aurora-postgresql": {"name": "rds.force_ssl", "default": "1"},
	"sqlserver": {"name": "rds.force_ssl", "default": "0"},
	"mysql": {"name": "require_secure_transport", "default": "0"},
	"mariadb": {"name": "require_secure_transport", "default": "0"},
	"aurora-mysql": {"name": "require_secure_transport", "default": "0"},
}

off := {"0", "off", "OFF", "false"}

deny contains {"address": group.address, "message": message} if {
	some group in resource.of_types(["aws_db_parameter_group", "aws_rds_cluster_parameter_group"])
	some engine, demand in demands
	regex.match(sprintf("^%s[0-9.-]", [engine]), group.values.family)
	not resource.is_uncertain(group, "parameter")
	setting(group, demand) in off
	message := sprintf("%s is off", [demand.name])
}

# The last of several settings counts.
setting(group, demand) := written[count(written) - 1] if {
	written := [sprintf("%v", [parameter.value]) |
		some parameter in resource.blocks(group, "parameter")
		parameter.name == demand.name
	]
	count(written) > 0
} else := "0" if {
	regex.match(`^(aurora-)?postgres(ql)?(9|10|11|12|13|14)\b`, group.values.family)
} else := demand.default
