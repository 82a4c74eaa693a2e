# METADATA
# scope: package
# title: A proxy in front of a database asks for TLS
# description: >-
#   Whoever sits between program and proxy reads passwords and rows.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html
# custom:
#   id: WL-AWS-RDS-021
#   remedy: |-
#     In Terraform:
#       require_tls    = true
#     In CloudFormation:
#       RequireTLS: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["RDS.43"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.proxy_tls

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "connections may be in the clear"} if {
	some it in input.resources.aws_db_proxy
	resource.is_off(it, "require_tls")
}
