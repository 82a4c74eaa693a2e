# METADATA
# scope: package
# title: Logs of an environment are kept outside of its machines
# description: >-
#   Logs on a machine are gone with it, and an intruder can change them.
# related_resources:
#   - https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.cloudwatchlogs.html
# custom:
#   id: WL-AWS-ELASTICBEANSTALK-003
#   remedy: |-
#     In Terraform:
#       setting {
#         namespace = "aws:elasticbeanstalk:cloudwatch:logs"
#         name      = "StreamLogs"
#         value     = "true"
#       }
#     In CloudFormation:
#       OptionSettings:
#         - Namespace: aws:elasticbeanstalk:cloudwatch:logs
#           OptionName: StreamLogs
#           Value: 'true'
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ElasticBeanstalk.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticbeanstalk.logs

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "logs stay on the machines"} if {
	some it in input.resources.aws_elastic_beanstalk_environment
	not is_on(it)
	not resource.is_uncertain(it, "setting")
	not resource.is_set(it, "template_name")
}

is_on(environment) if {
	some setting in resource.blocks(environment, "setting")
	setting.namespace == "aws:elasticbeanstalk:cloudwatch:logs"
	setting.name == "StreamLogs"
	lower(setting.value) == "true"
}

# A setting of which something cannot be told may be the one.
is_on(environment) if {
	some place, _ in resource.blocks(environment, "setting")
	resource.is_unknown(environment, sprintf("setting.%d", [place]))
}
