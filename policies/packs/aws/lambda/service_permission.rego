# METADATA
# scope: package
# title: A service calls a function for a known source only
# description: >-
#   A permission for a service without a source lets the same service call the function for anybody else, of any
#   account.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
# custom:
#   id: WL-AWS-LAMBDA-010
#   remedy: |-
#     In Terraform:
#       principal  = "s3.amazonaws.com"
#       source_arn = aws_s3_bucket.orders.arn
#     In CloudFormation:
#       Principal: s3.amazonaws.com
#       SourceArn: !GetAtt Bucket.Arn
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_364"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.service_permission

import data.wayleave.lib.resource

deny contains {"address": permission.address, "message": message} if {
	some permission in input.resources.aws_lambda_permission
	endswith(permission.values.principal, ".amazonaws.com")
	not permission.values.principal in {"elasticloadbalancing.amazonaws.com", "alexa-appkit.amazon.com"}
	every narrowing in ["source_arn", "source_account", "event_source_token", "principal_org_id"] {
		resource.is_missing(permission, narrowing)
	}
	message := sprintf("%s may call the function for anybody", [permission.values.principal])
}
