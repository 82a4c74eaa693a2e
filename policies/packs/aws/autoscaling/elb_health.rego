# METADATA
# scope: package
# title: A group behind a load balancer believes its health checks
# description: >-
#   Otherwise a machine that answers no request, but runs, stays in the group.
# related_resources:
#   - https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
# custom:
#   id: WL-AWS-AUTOSCALING-002
#   remedy: |-
#     In Terraform:
#       health_check_type = "ELB"
#     In CloudFormation:
#       HealthCheckType: ELB
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["AutoScaling.1"]
#     checkov: ["CKV2_AWS_15"]
#   engines: [terraform, cloudformation]
package wayleave.aws.autoscaling.elb_health

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": "the health checks of the load balancer are not believed"} if {
	some group in input.resources.aws_autoscaling_group
	some way in ["load_balancers", "target_group_arns"]
	resource.is_set(group, way)
	not contains(resource.value_or_default(group, "health_check_type", "EC2"), "ELB")
	not resource.is_uncertain(group, "health_check_type")
}
