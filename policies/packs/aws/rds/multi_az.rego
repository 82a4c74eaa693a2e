# METADATA
# scope: package
# title: A database survives the loss of a zone
# description: >-
#   A database in one zone is down as long as the zone is, and its last minutes come from a backup.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
# custom:
#   id: WL-AWS-RDS-009
#   remedy: |-
#     In Terraform:
#       multi_az = true
#     In CloudFormation:
#       MultiAZ: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["RDS.5"]
#     checkov: ["CKV_AWS_157"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.multi_az

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the database is in one zone only"} if {
	some it in input.resources.aws_db_instance
	resource.is_off(it, "multi_az")
	not resource.is_set(it, "replicate_source_db")
	not startswith(object.get(it.values, "engine", ""), "aurora")
}
