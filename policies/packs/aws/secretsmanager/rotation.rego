# METADATA
# scope: package
# title: A secret is changed by itself
# description: >-
#   A password that is never changed is known by everybody who ever saw it.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   id: WL-AWS-SECRETSMANAGER-002
#   remedy: |-
#     In Terraform:
#       resource "aws_secretsmanager_secret_rotation" "db" {
#         secret_id           = aws_secretsmanager_secret.db.id
#         rotation_lambda_arn = "arn:aws:lambda:eu-west-1:222222222222:function:rotate"
#         rotation_rules {
#           automatically_after_days = 30
#         }
#       }
#     In CloudFormation:
#       AWS::SecretsManager::RotationSchedule with SecretId, RotationLambdaARN and RotationRules.
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["SecretsManager.1"]
#     checkov: ["CKV2_AWS_57"]
#   engines: [terraform, cloudformation]
package wayleave.aws.secretsmanager.rotation

import data.wayleave.lib.resource

kind := "aws_secretsmanager_secret_rotation"

deny contains {"address": secret.address, "message": "the secret is never changed"} if {
	some secret in input.resources.aws_secretsmanager_secret
	count(resource.attached(secret, kind, "secret_id")) == 0
	not resource.may_be_attached(kind, "secret_id")
	resource.is_missing(secret, "rotation_rules")
}
