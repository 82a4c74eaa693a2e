# METADATA
# scope: package
# title: A cluster takes tokens of IAM in place of passwords
# description: >-
#   A token lives for fifteen minutes and is given to a role; a password is copied into files and never changed.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
# custom:
#   id: WL-AWS-RDS-014
#   remedy: |-
#     In Terraform:
#       iam_database_authentication_enabled = true
#     In CloudFormation:
#       EnableIAMDatabaseAuthentication: true
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["RDS.12"]
#     checkov: ["CKV_AWS_162"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.cluster_iam_authentication

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "authentication by IAM is turned off"} if {
	some it in input.resources.aws_rds_cluster
	resource.is_off(it, "iam_database_authentication_enabled")
}
