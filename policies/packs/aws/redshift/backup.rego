# METADATA
# scope: package
# title: Snapshots of a warehouse are kept for a week or more
# description: >-
#   With one day, a mistake that is noticed after the weekend cannot be undone.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html
# custom:
#   id: WL-AWS-REDSHIFT-006
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#       automated_snapshot_retention_period = 14
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#       AutomatedSnapshotRetentionPeriod: 14
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Redshift.3"]
#     checkov: ["CKV_AWS_343"]
#   parameters:
#     days:
#       default: 7
#       description: The least number of days.
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.backup

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_redshift_cluster
	found := resource.number_or_default(it, "automated_snapshot_retention_period", 1)
	found < data.parameters["WL-AWS-REDSHIFT-006"].days
	message := sprintf("snapshots are kept for %v days", [found])
}
