# METADATA
# scope: package
# title: Slow queries and errors of a domain are logged
# description: >-
#   Why a domain was slow or refused documents is known only from these logs.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
# custom:
#   id: WL-AWS-OPENSEARCH-008
#   remedy: |-
#     In Terraform:
#       log_publishing_options {
#         cloudwatch_log_group_arn = aws_cloudwatch_log_group.audit.arn
#         log_type                 = "INDEX_SLOW_LOGS"
#       }
#     In CloudFormation:
#       LogPublishingOptions: {INDEX_SLOW_LOGS: {Enabled: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn}}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Opensearch.4", "ES.4"]
#     checkov: ["CKV_AWS_84"]
#     terrascan: ["AC_AWS_0105", "AWS.Elasticsearch.Logging.Medium.0573"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.logging

import data.wayleave.lib.resource

deny contains {"address": domain.address, "message": "no log of the domain is kept"} if {
	some domain in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	not resource.is_uncertain(domain, "log_publishing_options")
	count([options | some options in resource.blocks(domain, "log_publishing_options"); not resource.is_false(object.get(options, "enabled", null))]) == 0
}
