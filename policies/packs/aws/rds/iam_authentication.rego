# METADATA
# scope: package
# title: A database takes tokens of IAM in place of passwords
# description: >-
#   A token lives for fifteen minutes and is given to a role; a password is copied into files and never changed.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
# custom:
#   id: WL-AWS-RDS-004
#   remedy: |-
#     In Terraform:
#       iam_database_authentication_enabled = true
#     In CloudFormation:
#       EnableIAMDatabaseAuthentication: true
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["RDS.10"]
#     checkov: ["CKV_AWS_161"]
#     terrascan: ["AC_AWS_0053", "AWS.RDS.DataSecurity.High.0577"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.iam_authentication

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "authentication by IAM is turned off"} if {
	some it in input.resources.aws_db_instance
	resource.is_off(it, "iam_database_authentication_enabled")
	not object.get(it.values, "engine", "") in no_support
	not contains(object.get(it.values, "engine", ""), "oracle")
	not startswith(object.get(it.values, "engine", ""), "sqlserver")
	not startswith(object.get(it.values, "engine", ""), "aurora")
}

no_support := {"db2-ae", "db2-se", "custom-oracle-ee"}
