# METADATA
# scope: package
# title: A database's logs are kept outside of it
# description: >-
#   Logs on the instance are gone when it is, and whoever owns the database can empty them.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
# custom:
#   id: WL-AWS-RDS-007
#   remedy: |-
#     In Terraform:
#       enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
#     In CloudFormation:
#       EnableCloudwatchLogsExports: [postgresql, upgrade]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.40", "RDS.42", "RDS.45"]
#     checkov: ["CKV_AWS_129", "CKV_AWS_324", "CKV_AWS_325", "CKV2_AWS_30", "CKV2_AWS_27"]
#     terrascan: ["AC_AWS_0454", "AWS.ADI.LM.MEDIUM.0076"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.log_exports

import data.wayleave.lib.resource

deny contains {"address": database.address, "message": "no log is sent to CloudWatch"} if {
	some database in resource.of_types(["aws_db_instance", "aws_rds_cluster"])
	resource.is_missing(database, "enabled_cloudwatch_logs_exports")
}

deny contains {"address": cluster.address, "message": "the audit log is not sent to CloudWatch"} if {
	some cluster in input.resources.aws_rds_cluster
	cluster.values.engine in {"aurora", "aurora-mysql", "mysql"}
	resource.is_set(cluster, "enabled_cloudwatch_logs_exports")
	not resource.is_uncertain(cluster, "enabled_cloudwatch_logs_exports")
	not "audit" in cluster.values.enabled_cloudwatch_logs_exports
}
