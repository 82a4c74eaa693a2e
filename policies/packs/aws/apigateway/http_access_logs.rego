# METADATA
# scope: package
# title: Calls of an HTTP API are logged
# description: >-
#   Without access logs nobody can say who called what when something went wrong.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
# custom:
#   id: WL-AWS-APIGATEWAY-013
#   remedy: |-
#     In Terraform:
#       access_log_settings {
#         destination_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:api"
#         format          = "$context.requestId"
#       }
#     In CloudFormation:
#       AccessLogSettings: {DestinationArn: arn:aws:logs:eu-west-1:222222222222:log-group:api, Format: $context.requestId}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["APIGateway.9"]
#     terrascan: ["AC_AWS_0442", "AWS.ApiGatewayV2Stage.Logging.0630"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.http_access_logs

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "calls are not logged"} if {
	some it in input.resources.aws_apigatewayv2_stage
	resource.is_missing(it, "access_log_settings")
}
