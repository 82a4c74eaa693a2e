# METADATA
# scope: package
# title: A role for people from a SAML provider says for whom its tokens are made
# description: >-
#   Without a condition on the audience, a token that was made for another service can be used to assume the role.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
# custom:
#   id: WL-AWS-IAM-013
#   remedy: |-
#     In Terraform:
#       Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }
#     The same in CloudFormation.
#   severity: low
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.saml_trust

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": "the role does not ask for whom the token was made"} if {
	some held in iam.trust_statements
	some name in iam.principals(held.statement, "Federated")
	contains(name, ":saml-provider/")
	not iam.has_condition(held.statement, "SAML:aud")
}
