# METADATA
# scope: package
# title: A function's address asks who calls
# description: >-
#   An address without authorization is open to the internet; everybody who finds it calls the function, on your
#   bill.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
# custom:
#   id: WL-AWS-LAMBDA-011
#   remedy: |-
#     In Terraform:
#       authorization_type = "AWS_IAM"
#     In CloudFormation:
#       AuthType: AWS_IAM
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_258"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.url_auth

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_lambda_function_url
	found := resource.value(it, "authorization_type")
	found in {"NONE"}
	message := sprintf("the address has authorization type %s", [found])
}
