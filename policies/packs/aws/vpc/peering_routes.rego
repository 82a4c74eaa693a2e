# METADATA
# scope: package
# title: Only the addresses of the peer go to the peer
# description: >-
#   A route for everything sends what is meant for the internet, or for nobody, to another network, which may be
#   of another company.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
# custom:
#   id: WL-AWS-VPC-025
#   remedy: |-
#     In Terraform:
#       destination_cidr_block = "10.8.0.0/16"
#     In CloudFormation:
#       DestinationCidrBlock: 10.8.0.0/16
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV2_AWS_44"]
#     cis-aws-3.0: ["5.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.peering_routes

import data.wayleave.lib.network
import data.wayleave.lib.resource

deny contains {"address": route.address, "message": message} if {
	some route in peered
	some key in ["destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block"]
	cidr := route.written[key]
	network.is_world(cidr)
	message := sprintf("%s goes to the peer", [cidr])
}

peered contains {"address": route.address, "written": route.values} if {
	some route in input.resources.aws_route
	resource.is_set(route, "vpc_peering_connection_id")
}

peered contains {"address": table.address, "written": written} if {
	some table in resource.of_types(["aws_route_table", "aws_default_route_table"])
	some index, written in table.values.route
	resource.is_set(table, sprintf("route.%d.vpc_peering_connection_id", [index]))
}
