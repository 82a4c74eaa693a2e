# METADATA
# scope: package
# title: Guests get no keys of AWS
# description: >-
#   Everybody on the internet gets keys from such a pool; what its role for guests may do, everybody may.
# related_resources:
#   - https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html
# custom:
#   id: WL-AWS-COGNITO-001
#   remedy: |-
#     In Terraform:
#       allow_unauthenticated_identities = false
#     In CloudFormation:
#       AllowUnauthenticatedIdentities: false
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Cognito.2"]
#     checkov: ["CKV_AWS_366"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cognito.guests

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "guests get keys"} if {
	some it in input.resources.aws_cognito_identity_pool
	resource.is_true_by_default(it, "allow_unauthenticated_identities", false)
}
