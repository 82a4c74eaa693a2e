# METADATA
# scope: package
# title: An instance has a role
# description: >-
#   A machine without a role gets its keys in a file, where they stay for years.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
# custom:
#   id: WL-AWS-EC2-055
#   remedy: |-
#     In Terraform:
#       iam_instance_profile = aws_iam_instance_profile.app.name
#     In CloudFormation:
#       IamInstanceProfile: app
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV2_AWS_41"]
#     cis-aws-3.0: ["1.18"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.instance_role

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the instance has no role"} if {
	some it in input.resources.aws_instance
	resource.is_missing(it, "iam_instance_profile")
	not resource.is_set(it, "launch_template")
}
