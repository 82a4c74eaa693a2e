# METADATA
# scope: package
# title: Brokers are watched one by one
# description: >-
#   The default shows the cluster as a whole, and hides one broker whose disk is full.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/monitoring.html
# custom:
#   id: WL-AWS-MSK-006
#   remedy: |-
#     In Terraform:
#       enhanced_monitoring = "PER_BROKER"
#     In CloudFormation:
#       EnhancedMonitoring: PER_BROKER
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-security-hub: ["MSK.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.monitoring

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_msk_cluster
	found := resource.value_or_default(it, "enhanced_monitoring", "DEFAULT")
	found in {"DEFAULT"}
	message := sprintf("monitoring is at the level %s", [found])
}
