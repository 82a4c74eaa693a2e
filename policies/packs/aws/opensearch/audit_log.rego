# METADATA
# scope: package
# title: Who reads what in a domain is logged
# description: >-
#   The audit log is the only one that says which person read or deleted which documents.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/audit-logs.html
# custom:
#   id: WL-AWS-OPENSEARCH-009
#   remedy: |-
#     In Terraform:
#       log_publishing_options {
#         cloudwatch_log_group_arn = aws_cloudwatch_log_group.audit.arn
#         log_type                 = "AUDIT_LOGS"
#       }
#     In CloudFormation:
#       LogPublishingOptions: {AUDIT_LOGS: {Enabled: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn}}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Opensearch.5", "ES.5"]
#     checkov: ["CKV_AWS_317"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.audit_log

import data.wayleave.lib.resource

deny contains {"address": domain.address, "message": "the audit log is turned off"} if {
	some domain in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	not resource.is_uncertain(domain, "log_publishing_options")
	not is_audited(domain)
}

is_audited(domain) if {
	some options in resource.blocks(domain, "log_publishing_options")
	options.log_type == "AUDIT_LOGS"
	not resource.is_false(object.get(options, "enabled", null))
}
