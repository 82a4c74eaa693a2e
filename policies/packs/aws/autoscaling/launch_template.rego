# METADATA
# scope: package
# title: A group starts its machines from a launch template
# description: >-
#   Launch configurations get no new features, among them those that protect metadata and disks.
# related_resources:
#   - https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html
# custom:
#   id: WL-AWS-AUTOSCALING-001
#   remedy: |-
#     In Terraform:
#       launch_template {
#         id      = aws_launch_template.app.id
#         version = "$Latest"
#       }
#     In CloudFormation:
#       LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["AutoScaling.9"]
#     checkov: ["CKV_AWS_315"]
#   engines: [terraform, cloudformation]
package wayleave.aws.autoscaling.launch_template

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": "the group starts machines from a launch configuration"} if {
	some group in input.resources.aws_autoscaling_group
	resource.is_set(group, "launch_configuration")
	resource.is_missing(group, "launch_template")
}
