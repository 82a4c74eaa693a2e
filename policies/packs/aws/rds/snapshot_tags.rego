# METADATA
# scope: package
# title: A snapshot carries its database's tags
# description: >-
#   A snapshot without tags belongs to nobody: no cost centre pays for it, no rule keeps or deletes it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html
# custom:
#   id: WL-AWS-RDS-011
#   remedy: |-
#     In Terraform:
#       copy_tags_to_snapshot = true
#     In CloudFormation:
#       CopyTagsToSnapshot: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["RDS.16", "RDS.17", "RDS.47", "RDS.48"]
#     checkov: ["CKV2_AWS_60", "CKV_AWS_313"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.snapshot_tags

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "tags are not copied to snapshots"} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster"])
	resource.is_off(it, "copy_tags_to_snapshot")
	not startswith(object.get(it.values, "engine", ""), "neptune")
	not is_member(it)
}

# An instance of a cluster takes what the cluster says.
is_member(database) if resource.is_set(database, "db_cluster_identifier")
