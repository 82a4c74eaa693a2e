# METADATA
# scope: package
# title: A change does not make anything public
# description: >-
#   Something that only the account could reach is open to everybody after this change. Most leaks of data begin with such a line.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: WL-AWS-CHANGE-007
#   remedy: |-
#     Leave it as it was:
#       publicly_accessible = false
#       block_public_policy = true
#     and let in those meant through a private link, a VPN, or a policy that names them.
#   severity: high
#   category: Infrastructure Security
#   engines: [terraform]
package wayleave.aws.change.public_access_opened

import data.wayleave.lib.change
import data.wayleave.lib.iam

# What is open while the value is one of these.
open := {
	"aws_db_instance": {"publicly_accessible": {true}},
	"aws_dms_replication_instance": {"publicly_accessible": {true}},
	"aws_eks_cluster": {"vpc_config.0.endpoint_public_access": {true}},
	"aws_instance": {"associate_public_ip_address": {true}},
	"aws_lambda_function_url": {"authorization_type": {"NONE"}},
	"aws_mq_broker": {"publicly_accessible": {true}},
	"aws_msk_cluster": {"broker_node_group_info.0.connectivity_info.0.public_access.0.type": {"SERVICE_PROVIDED_EIPS"}},
	"aws_rds_cluster_instance": {"publicly_accessible": {true}},
	"aws_redshift_cluster": {"publicly_accessible": {true}},
	"aws_redshiftserverless_workgroup": {"publicly_accessible": {true}},
	"aws_s3_bucket": {"acl": {"public-read", "public-read-write", "authenticated-read"}},
	"aws_s3_bucket_acl": {"acl": {"public-read", "public-read-write", "authenticated-read"}},
	"aws_sagemaker_notebook_instance": {"direct_internet_access": {"Enabled"}},
	"aws_subnet": {"map_public_ip_on_launch": {true}},
}

# What is closed while the value is one of these.
closed := {
	"aws_api_gateway_method": {"authorization": {"AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"}},
	"aws_lb": {"internal": {true}},
	"aws_s3_account_public_access_block": blocks,
	"aws_s3_bucket_public_access_block": blocks,
}

blocks := {setting: {true} |
	some setting in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
}

deny contains {"address": altered.address, "message": sprintf("the change opens it: %s becomes %v", [path, value])} if {
	some kind, paths in open
	some altered in change.altered([kind])
	some path, values in paths
	some value in values
	change.arrived(altered, path, values, value)
}

deny contains {"address": altered.address, "message": sprintf("the change opens it: %s is not %v any more", [path, word])} if {
	some kind, paths in closed
	some altered in change.altered([kind])
	some path, values in paths
	change.left(altered, path, values)
	some word in values
	change.had(altered, path, word)
}

deny contains {"address": gone.address, "message": "the change ends the block of public access"} if {
	some gone in change.deleted(["aws_s3_bucket_public_access_block"])
	not change.goes_with(gone, "aws_s3_bucket", "bucket")
}

deny contains {"address": gone.address, "message": "the change ends the account's block of public access"} if {
	some gone in change.deleted(["aws_s3_account_public_access_block", "aws_ebs_snapshot_block_public_access", "aws_ec2_image_block_public_access"])
}

deny contains {"address": opened.address, "message": sprintf("the change allows %s to everybody", [iam.actions_text(statement)])} if {
	some kind, _ in input.changes
	some opened in input.changes[kind]
	not "no-op" in opened.actions
	some path, document in opened.after_documents
	some statement in document.statements
	iam.is_public(statement)
	not was_public(opened, path, statement)
}

was_public(opened, path, statement) if {
	some before in opened.before_documents[path].statements
	iam.is_public(before)
	iam.covers_actions(before, statement)
}
