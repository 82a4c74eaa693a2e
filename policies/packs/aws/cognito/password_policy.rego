# METADATA
# scope: package
# title: Passwords of users cannot be guessed
# description: >-
#   Accounts of an application are tried with lists of short and common passwords all day.
# related_resources:
#   - https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: WL-AWS-COGNITO-003
#   remedy: |-
#     In Terraform:
#       minimum_length    = 12
#     In CloudFormation:
#       MinimumLength: 12
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Cognito.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cognito.password_policy

import data.wayleave.lib.resource
kinds := {"require_lowercase", "require_uppercase", "require_numbers", "require_symbols"}

deny contains {"address": pool.address, "message": message} if {
	some pool in input.resources.aws_cognito_user_pool
	resource.number_or_default(pool, "password_policy.0.minimum_length", 8) < 8
	message := sprintf("passwords may have %v characters", [pool.values.password_policy[0].minimum_length])
}

# A policy that is written turns off what it leaves out; without one, all kinds are asked for.
deny contains {"address": pool.address, "message": message} if {
	some pool in input.resources.aws_cognito_user_pool
	count(resource.blocks(pool, "password_policy")) > 0
	some kind in kinds
	resource.is_off(pool, sprintf("password_policy.0.%s", [kind]))
	message := sprintf("%s is off", [kind])
}
