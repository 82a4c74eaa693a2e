# METADATA
# scope: package
# title: An aggregator sees every region
# description: >-
#   What is made in a region that nobody looks at stays there.
# related_resources:
#   - https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html
# custom:
#   id: WL-AWS-CONFIG-002
#   remedy: |-
#     In Terraform:
#       all_regions = true
#     In CloudFormation:
#       AllAwsRegions: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_121"]
#     terrascan: ["AC_AWS_0049", "AWS.Config.Logging.HIGH.0590", "AC_AWS_0450", "AWS.Config.Logging.Medium.0590"]
#   engines: [terraform, cloudformation]
package wayleave.aws.config.all_regions

import data.wayleave.lib.resource

deny contains {"address": aggregator.address, "message": "not every region is looked at"} if {
	some aggregator in input.resources.aws_config_configuration_aggregator
	some kind in ["account_aggregation_source", "organization_aggregation_source"]
	some index, _ in aggregator.values[kind]
	resource.is_off(aggregator, sprintf("%s.%d.all_regions", [kind, index]))
}
