# METADATA
# scope: package
# title: Queries of a workgroup are measured
# description: >-
#   Without metrics nobody sees queries that read far more than they should, or that somebody else runs.
# related_resources:
#   - https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html
# custom:
#   id: WL-AWS-ATHENA-004
#   remedy: |-
#     In Terraform:
#       publish_cloudwatch_metrics_enabled = true
#     In CloudFormation:
#       PublishCloudWatchMetricsEnabled: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Athena.4"]
#   engines: [terraform, cloudformation]
package wayleave.aws.athena.metrics

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "metrics are turned off"} if {
	some it in input.resources.aws_athena_workgroup
	resource.is_false_or_missing(it, "configuration.0.publish_cloudwatch_metrics_enabled", true)
}
