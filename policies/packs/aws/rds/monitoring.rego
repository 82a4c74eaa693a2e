# METADATA
# scope: package
# title: A database is watched closely
# description: >-
#   The hypervisor sees processor and disk; which process takes them is seen by enhanced monitoring only.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
# custom:
#   id: WL-AWS-RDS-010
#   remedy: |-
#     In Terraform:
#       monitoring_interval = 60
#       monitoring_role_arn = "arn:aws:iam::222222222222:role/rds-monitoring"
#     In CloudFormation:
#       MonitoringInterval: 60
#       MonitoringRoleArn: arn:aws:iam::222222222222:role/rds-monitoring
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["RDS.6"]
#     checkov: ["CKV_AWS_118"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.monitoring

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "enhanced monitoring is turned off"} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster_instance"])
	found := resource.value_or_default(it, "monitoring_interval", 0)
	found in {0}
	not monitored_as_a_whole(it)
}

# A cluster can watch all its instances.
monitored_as_a_whole(instance) if {
	some cluster in input.resources.aws_rds_cluster
	resource.names(instance, "cluster_identifier", cluster)
	cluster.values.monitoring_interval > 0
}
