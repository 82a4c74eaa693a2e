# METADATA
# scope: package
# title: A GraphQL API asks who calls
# description: >-
#   An API key is one secret for all who call, it stands in every copy of the page, and it says nothing of who
#   it was.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
# custom:
#   id: WL-AWS-APPSYNC-002
#   remedy: |-
#     In Terraform:
#       authentication_type = "AWS_IAM"
#     In CloudFormation:
#       AuthenticationType: AWS_IAM
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["AppSync.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appsync.authentication

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_appsync_graphql_api
	found := resource.value(it, "authentication_type")
	found in {"API_KEY"}
	message := sprintf("whoever has the key may call (%s)", [found])
}
