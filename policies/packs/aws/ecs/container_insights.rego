# METADATA
# scope: package
# title: The containers of a cluster are measured
# description: >-
#   Without figures of each container nobody sees which of them eats the memory of all.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
# custom:
#   id: WL-AWS-ECS-006
#   remedy: |-
#     In Terraform:
#       setting {
#         name  = "containerInsights"
#         value = "enabled"
#       }
#     In CloudFormation:
#       ClusterSettings: [{Name: containerInsights, Value: enabled}]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ECS.12"]
#     checkov: ["CKV_AWS_65"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.container_insights

import data.wayleave.lib.resource

deny contains {"address": cluster.address, "message": "containers are not measured"} if {
	some cluster in input.resources.aws_ecs_cluster
	not resource.is_uncertain(cluster, "setting")
	not is_measured(cluster)
}

is_measured(cluster) if {
	some setting in resource.blocks(cluster, "setting")
	setting.name == "containerInsights"
	setting.value in {"enabled", "enhanced"}
}
