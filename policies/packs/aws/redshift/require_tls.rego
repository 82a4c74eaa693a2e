# METADATA
# scope: package
# title: A warehouse refuses connections without TLS
# description: >-
#   Passwords and results on the wire can be read by whoever reaches the network.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
# custom:
#   id: WL-AWS-REDSHIFT-008
#   remedy: |-
#     In Terraform:
#       parameter {
#         name  = "require_ssl"
#         value = "true"
#       }
#     In CloudFormation:
#       Parameters: [{ParameterName: require_ssl, ParameterValue: "true"}]
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Redshift.2"]
#     checkov: ["CKV_AWS_105"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.require_tls

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": "connections without TLS are taken"} if {
	some group in input.resources.aws_redshift_parameter_group
	not resource.is_uncertain(group, "parameter")
	not requires_tls(group)
}

requires_tls(group) if {
	some parameter in resource.blocks(group, "parameter")
	parameter.name == "require_ssl"
	lower(sprintf("%v", [parameter.value])) in {"true", "1", "on"}
}
