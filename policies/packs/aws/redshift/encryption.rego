# METADATA
# scope: package
# title: A warehouse is encrypted
# description: >-
#   Disks and snapshots of a warehouse without encryption can be read by whoever gets a copy.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
# custom:
#   id: WL-AWS-REDSHIFT-002
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Redshift.10"]
#     checkov: ["CKV_AWS_64"]
#     terrascan: ["AC_AWS_0198", "AWS.Redshift.EncryptionandKeyManagement.High.0415"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the warehouse is not encrypted"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_off(it, "encrypted")
	not resource.is_set(it, "snapshot_identifier")
}
