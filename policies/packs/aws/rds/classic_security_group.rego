# METADATA
# scope: package
# title: A database of the classic network is open to few addresses
# description: >-
#   The security groups of databases outside of a VPC are the only thing between them and the internet.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html
# custom:
#   id: WL-AWS-RDS-019
#   remedy: |-
#     In Terraform:
#       Move the database into a VPC and use aws_security_group.
#     In CloudFormation:
#       Move the database into a VPC and use AWS::EC2::SecurityGroup.
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_198"]
#     terrascan: ["AC_AWS_0066", "AWS.RDS.NetworkSecurity.High.0101", "AC_AWS_0067", "AWS.RDS.NetworkSecurity.High.0102", "AC_AWS_0065", "AWS.RDS.NetworkSecurity.High.0103"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.classic_security_group

import data.wayleave.lib.network
import data.wayleave.lib.resource

deny contains {"address": group.address, "message": message} if {
	some group in input.resources.aws_db_security_group
	some written in resource.blocks(group, "ingress")
	cidr := written.cidr
	is_wide(cidr)
	message := sprintf("the database is open to %s", [cidr])
}

is_wide(cidr) if network.is_world(cidr)

is_wide(cidr) if {
	network.is_public(cidr)
	to_number(split(cidr, "/")[1]) < 24
}
