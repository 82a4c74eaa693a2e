# METADATA
# scope: package
# title: Users can, or must, have a second factor
# description: >-
#   A password that was stolen elsewhere opens the account here.
# related_resources:
#   - https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# custom:
#   id: WL-AWS-COGNITO-002
#   remedy: |-
#     In Terraform:
#       mfa_configuration = "ON"
#       software_token_mfa_configuration {
#         enabled = true
#       }
#     In CloudFormation:
#       MfaConfiguration: "ON"
#       EnabledMfas: [SOFTWARE_TOKEN_MFA]
#   severity: low
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.cognito.mfa

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_cognito_user_pool
	found := resource.value_or_default(it, "mfa_configuration", "OFF")
	found in {"OFF"}
	message := sprintf("the second factor is %s", [found])
}
