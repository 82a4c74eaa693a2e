# METADATA
# scope: package
# title: Networks on a hub reach each other only where somebody says so
# description: >-
#   With propagation into the default table, production is reached from every test network that joins.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
# custom:
#   id: WL-AWS-TRANSITGATEWAY-002
#   remedy: |-
#     In Terraform:
#       default_route_table_association = "disable"
#       default_route_table_propagation = "disable"
#     In CloudFormation:
#       DefaultRouteTableAssociation: disable
#       DefaultRouteTablePropagation: disable
#   severity: low
#   category: Infrastructure Security
#   engines: [terraform, cloudformation]
package wayleave.aws.transitgateway.default_routes

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_ec2_transit_gateway
	found := resource.value_or_default(it, "default_route_table_propagation", "enable")
	found in {"enable"}
	message := sprintf("propagation into the default table is %sd: networks that join reach each other", [found])
}
