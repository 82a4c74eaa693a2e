# METADATA
# scope: package
# title: A database's owner has a name that is not everybody's first guess
# description: >-
#   Programs that try passwords try admin and postgres first.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
# custom:
#   id: WL-AWS-RDS-017
#   remedy: |-
#     In Terraform:
#       username = "orders_owner"
#     In CloudFormation:
#       MasterUsername: orders_owner
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["RDS.24", "RDS.25"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.default_user

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_db_instance
	found := resource.value(it, "username")
	found in {"admin", "administrator", "postgres", "root", "sa"}
	message := sprintf("the owner is called %s", [found])
}
