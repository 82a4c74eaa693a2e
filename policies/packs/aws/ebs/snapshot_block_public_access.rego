# METADATA
# scope: package
# title: Snapshots cannot be shared with everybody
# description: >-
#   A snapshot that is shared with all of AWS is copied within minutes by those who watch for them. The block of
#   the region makes such sharing impossible.
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
# custom:
#   id: WL-AWS-EBS-004
#   remedy: |-
#     In Terraform:
#       state = "block-all-sharing"
#     In CloudFormation:
#       State: block-all-sharing
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EC2.1", "EC2.182"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ebs.snapshot_block_public_access

deny contains {"address": block.address, "message": "public sharing of snapshots is not blocked"} if {
	some block in input.resources.aws_ebs_snapshot_block_public_access
	block.values.state == "unblocked"
}
