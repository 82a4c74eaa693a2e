# METADATA
# scope: package
# title: A function says who may call it
# description: >-
#   Without a permission of its own, everybody in the account with a general permission for Lambda may call the
#   function.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
# custom:
#   id: WL-AWS-LAMBDA-008
#   remedy: |-
#     In Terraform:
#       resource "aws_lambda_permission" "api" {
#         function_name  = aws_lambda_function.orders.function_name
#         action         = "lambda:InvokeFunction"
#         principal      = "apigateway.amazonaws.com"
#         source_arn     = aws_apigatewayv2_api.orders.execution_arn
#       }
#     In CloudFormation:
#       AWS::Lambda::Permission with FunctionName, Action, Principal and SourceArn.
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     terrascan: ["AC_AWS_0484", "AWS.LambdaFunction.LM.MEDIUM.0063"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.permission_missing

import data.wayleave.lib.resource

deny contains {"address": function.address, "message": "the function has no permission of its own"} if {
	some function in input.resources.aws_lambda_function
	every permission in object.get(input.resources, "aws_lambda_permission", []) {
		not may_be_for(permission, function)
	}
	not is_polled(function)
}

may_be_for(permission, function) if resource.names(permission, "function_name", function)

may_be_for(permission, function) if permission.values.function_name == function.values.function_name

may_be_for(permission, _) if {
	resource.is_unknown(permission, "function_name")
	not permission.links.function_name
}

# Queues and streams are read by the function's own role; nobody else need call it.
is_polled(function) if {
	some mapping in input.resources.aws_lambda_event_source_mapping
	resource.names(mapping, "function_name", function)
}
