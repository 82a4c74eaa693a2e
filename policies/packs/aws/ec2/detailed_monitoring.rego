# METADATA
# scope: package
# title: An instance is measured every minute
# description: >-
#   With a figure every five minutes, a short overload is never seen.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html
# custom:
#   id: WL-AWS-EC2-052
#   remedy: |-
#     In Terraform:
#       monitoring = true
#     In CloudFormation:
#       Monitoring: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_126"]
#     terrascan: ["AC_AWS_0480", "AWS.AI.LM.HIGH.0070"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.detailed_monitoring

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "monitoring is every five minutes only"} if {
	some it in input.resources.aws_instance
	resource.is_off(it, "monitoring")
	not resource.is_set(it, "launch_template")
}
