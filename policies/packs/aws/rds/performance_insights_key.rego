# METADATA
# scope: package
# title: What Performance Insights keeps is encrypted with a key of your own
# description: >-
#   It keeps the texts of statements, values included.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.html
# custom:
#   id: WL-AWS-RDS-012
#   remedy: |-
#     In Terraform:
#       performance_insights_enabled    = true
#       performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       EnablePerformanceInsights: true
#       PerformanceInsightsKMSKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_354"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.performance_insights_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "statements are kept under the key that AWS manages"} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster_instance"])
	resource.is_missing(it, "performance_insights_kms_key_id")
	resource.is_true(it.values.performance_insights_enabled)
}
