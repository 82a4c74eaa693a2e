# METADATA
# scope: package
# title: A snapshot is not shared with everybody
# description: >-
#   A public snapshot is restored by a stranger within minutes, with all that is in it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
# custom:
#   id: WL-AWS-RDS-018
#   remedy: |-
#     In Terraform:
#       shared_accounts = ["222222222222"]
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["RDS.1"]
#     checkov: ["CKV_AWS_302"]
#   engines: [terraform]
package wayleave.aws.rds.public_snapshot

deny contains {"address": snapshot.address, "message": "everybody may restore the snapshot"} if {
	some kind in ["aws_db_snapshot", "aws_db_snapshot_copy", "aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy"]
	some snapshot in input.resources[kind]
	"all" in snapshot.values.shared_accounts
}
