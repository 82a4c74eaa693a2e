# METADATA
# scope: package
# title: A copy of a snapshot is encrypted
# description: >-
#   A copy is the one chance to encrypt what was not; a copy without encryption of a snapshot without encryption
#   is one more disk that anybody can read.
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
# custom:
#   id: WL-AWS-EBS-005
#   remedy: |-
#     In Terraform:
#       encrypted = true
#   severity: medium
#   category: Data Protection
#   engines: [terraform]
package wayleave.aws.ebs.snapshot_copy_encryption

import data.wayleave.lib.resource

deny contains {"address": copy.address, "message": "the copy is not told to be encrypted"} if {
	some copy in input.resources.aws_ebs_snapshot_copy
	not copy.values.encrypted == true
	not resource.is_uncertain(copy, "encrypted")
}
