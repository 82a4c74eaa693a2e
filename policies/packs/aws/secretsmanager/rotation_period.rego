# METADATA
# scope: package
# title: A secret is changed often enough
# description: >-
#   A password that is changed once a year is known by everybody who saw it in that year.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   id: WL-AWS-SECRETSMANAGER-003
#   remedy: |-
#     In Terraform:
#       rotation_rules {
#         automatically_after_days = 30
#       }
#     In CloudFormation:
#       RotationRules: {AutomaticallyAfterDays: 30}
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["SecretsManager.4"]
#     checkov: ["CKV_AWS_304"]
#   parameters:
#     days:
#       default: 90
#       description: The most days between two changes.
#   engines: [terraform, cloudformation]
package wayleave.aws.secretsmanager.rotation_period

import data.wayleave.lib.resource

deny contains {"address": rotation.address, "message": message} if {
	some rotation in input.resources.aws_secretsmanager_secret_rotation
	some rules in resource.blocks(rotation, "rotation_rules")
	days := to_number(rules.automatically_after_days)
	days > data.parameters["WL-AWS-SECRETSMANAGER-003"].days
	message := sprintf("the secret is changed every %d days", [days])
}
