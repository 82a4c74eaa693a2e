# METADATA
# scope: package
# title: A function is not open to everybody
# description: >-
#   Whoever knows the name of a function with a permission for * calls it, on your bill and with the rights of
#   its role.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
# custom:
#   id: WL-AWS-LAMBDA-009
#   remedy: |-
#     In Terraform:
#       principal = "arn:aws:iam::222222222222:role/caller"
#     In CloudFormation:
#       Principal: arn:aws:iam::222222222222:role/caller
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Lambda.1"]
#     checkov: ["CKV_AWS_301"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.public_permission

import data.wayleave.lib.resource

deny contains {"address": permission.address, "message": "everybody may call the function"} if {
	some permission in input.resources.aws_lambda_permission
	permission.values.principal == "*"
	every narrowing in ["source_arn", "source_account", "principal_org_id", "event_source_token"] {
		resource.is_missing(permission, narrowing)
	}
	not permission.values.function_url_auth_type == "AWS_IAM"
}

deny contains {"address": permission.address, "message": "everybody may call the function"} if {
	some permission in input.resources.aws_lambda_layer_version_permission
	permission.values.principal == "*"
	resource.is_missing(permission, "organization_id")
}
