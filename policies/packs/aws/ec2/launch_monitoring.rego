# METADATA
# scope: package
# title: Machines of a group are measured every minute
# description: >-
#   A group that grows and shrinks on figures of five minutes is always late.
# related_resources:
#   - https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-as-instance-metrics.html
# custom:
#   id: WL-AWS-EC2-057
#   remedy: |-
#     In Terraform:
#       enable_monitoring = true
#     In CloudFormation:
#       InstanceMonitoring: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     terrascan: ["AC_AWS_0490", "AC-AW-LM-LC-M-0440"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.launch_monitoring

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "monitoring is every five minutes only"} if {
	some it in input.resources.aws_launch_configuration
	resource.is_false_or_missing(it, "enable_monitoring", true)
}
