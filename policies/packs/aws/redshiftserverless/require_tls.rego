# METADATA
# scope: package
# title: A workgroup refuses connections without TLS
# description: >-
#   Whoever sits between program and warehouse reads passwords and rows.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/security-encryption-in-transit.html
# custom:
#   id: WL-AWS-REDSHIFTSERVERLESS-003
#   remedy: |-
#     In Terraform:
#       config_parameter {
#         parameter_key   = "require_ssl"
#         parameter_value = "true"
#       }
#     In CloudFormation:
#       ConfigParameters: [{ParameterKey: require_ssl, ParameterValue: 'true'}]
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["RedshiftServerless.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshiftserverless.require_tls

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "connections may be in the clear"} if {
	some it in input.resources.aws_redshiftserverless_workgroup
	not asks(it)
	not resource.is_uncertain(it, "config_parameter")
}

asks(workgroup) if {
	some place, parameter in resource.blocks(workgroup, "config_parameter")
	is_wanted(workgroup, place, parameter)
}

is_wanted(_, _, parameter) if {
	parameter.parameter_key == "require_ssl"
	resource.is_true(parameter.parameter_value)
}

# A parameter of which something cannot be told may be the one.
is_wanted(workgroup, place, _) if resource.is_unknown(workgroup, sprintf("config_parameter.%d", [place]))
