# METADATA
# scope: package
# title: A database takes minor upgrades by itself
# description: >-
#   Minor versions mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
# custom:
#   id: WL-AWS-RDS-005
#   remedy: |-
#     In Terraform:
#       Leave auto_minor_version_upgrade out: it is on then.
#     In CloudFormation:
#       Leave AutoMinorVersionUpgrade out: it is on then.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["RDS.13", "RDS.35"]
#     checkov: ["CKV_AWS_226"]
#     cis-aws-3.0: ["2.3.2"]
#     terrascan: ["AC_AWS_0056", "AWS.RDS.DS.High.1041"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.minor_upgrades

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "minor versions are not installed by themselves"} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster_instance"])
	resource.is_false_or_missing(it, "auto_minor_version_upgrade", true)
}
