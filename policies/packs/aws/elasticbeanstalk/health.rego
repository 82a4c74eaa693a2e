# METADATA
# scope: package
# title: The health of an environment is reported in full
# description: >-
#   Basic reports say that a machine answers, and not why its requests fail.
# related_resources:
#   - https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced.html
# custom:
#   id: WL-AWS-ELASTICBEANSTALK-001
#   remedy: |-
#     In Terraform:
#       setting {
#         namespace = "aws:elasticbeanstalk:healthreporting:system"
#         name      = "SystemType"
#         value     = "enhanced"
#       }
#     In CloudFormation:
#       OptionSettings:
#         - Namespace: aws:elasticbeanstalk:healthreporting:system
#           OptionName: SystemType
#           Value: 'enhanced'
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ElasticBeanstalk.1"]
#     checkov: ["CKV_AWS_312"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticbeanstalk.health

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "health is not reported in full"} if {
	some it in input.resources.aws_elastic_beanstalk_environment
	not is_on(it)
	not resource.is_uncertain(it, "setting")
	not resource.is_set(it, "template_name")
}

is_on(environment) if {
	some setting in resource.blocks(environment, "setting")
	setting.namespace == "aws:elasticbeanstalk:healthreporting:system"
	setting.name == "SystemType"
	lower(setting.value) == "enhanced"
}

# A setting of which something cannot be told may be the one.
is_on(environment) if {
	some place, _ in resource.blocks(environment, "setting")
	resource.is_unknown(environment, sprintf("setting.%d", [place]))
}
