# METADATA
# scope: package
# title: A database is not deleted by mistake
# description: >-
#   One wrong plan, and the database is gone; with protection, somebody has to take it away on purpose first.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: WL-AWS-RDS-008
#   remedy: |-
#     In Terraform:
#       deletion_protection = true
#     In CloudFormation:
#       DeletionProtection: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["RDS.7", "RDS.8"]
#     checkov: ["CKV_AWS_293", "CKV_AWS_139"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.deletion_protection

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the database may be deleted at any time"} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster"])
	resource.is_off(it, "deletion_protection")
	not resource.is_set(it, "replicate_source_db")
}
