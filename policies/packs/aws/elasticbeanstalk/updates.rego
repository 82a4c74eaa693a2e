# METADATA
# scope: package
# title: An environment takes updates of its platform by itself
# description: >-
#   Updates of the platform mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environment-platform-update-managed.html
# custom:
#   id: WL-AWS-ELASTICBEANSTALK-002
#   remedy: |-
#     In Terraform:
#       setting {
#         namespace = "aws:elasticbeanstalk:managedactions"
#         name      = "ManagedActionsEnabled"
#         value     = "true"
#       }
#     In CloudFormation:
#       OptionSettings:
#         - Namespace: aws:elasticbeanstalk:managedactions
#           OptionName: ManagedActionsEnabled
#           Value: 'true'
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ElasticBeanstalk.2"]
#     checkov: ["CKV_AWS_340"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticbeanstalk.updates

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the platform is not updated by itself"} if {
	some it in input.resources.aws_elastic_beanstalk_environment
	not is_on(it)
	not resource.is_uncertain(it, "setting")
	not resource.is_set(it, "template_name")
}

is_on(environment) if {
	some setting in resource.blocks(environment, "setting")
	setting.namespace == "aws:elasticbeanstalk:managedactions"
	setting.name == "ManagedActionsEnabled"
	lower(setting.value) == "true"
}

# A setting of which something cannot be told may be the one.
is_on(environment) if {
	some place, _ in resource.blocks(environment, "setting")
	resource.is_unknown(environment, sprintf("setting.%d", [place]))
}
