# METADATA
# scope: package
# title: A change does not end versions or recovery to a point in time
# description: >-
#   From this change on, what is overwritten or deleted by mistake or by ransomware cannot be brought back.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
# custom:
#   id: WL-AWS-CHANGE-006
#   remedy: |-
#     Leave it on, and let old versions expire:
#       versioning_configuration { status = "Enabled" }
#       point_in_time_recovery { enabled = true }
#   severity: medium
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.change.versioning_off

import data.wayleave.lib.change

# What is on while the value is one of these.
states := {
	"aws_dynamodb_table": {"point_in_time_recovery.0.enabled": {true}},
	"aws_ecr_repository": {"image_tag_mutability": {"IMMUTABLE"}},
	"aws_keyspaces_table": {"point_in_time_recovery.0.status": {"ENABLED"}},
	"aws_s3_bucket": {"versioning.0.enabled": {true}, "versioning.0.mfa_delete": {true}},
	"aws_s3_bucket_versioning": {"versioning_configuration.0.status": {"Enabled"}, "versioning_configuration.0.mfa_delete": {"Enabled"}},
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s off", [path])} if {
	some kind, paths in states
	some altered in change.altered([kind])
	some path, values in paths
	change.left(altered, path, values)
}

deny contains {"address": gone.address, "message": "the change ends the bucket's versions"} if {
	some gone in change.deleted(["aws_s3_bucket_versioning"])
	not change.goes_with(gone, "aws_s3_bucket", "bucket")
}
