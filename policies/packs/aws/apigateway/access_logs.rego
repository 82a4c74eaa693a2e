# METADATA
# scope: package
# title: Calls of an API are logged
# description: >-
#   Without access logs nobody can say who called what when something went wrong.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
# custom:
#   id: WL-AWS-APIGATEWAY-001
#   remedy: |-
#     In Terraform:
#       access_log_settings {
#         destination_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:api"
#         format          = "$context.requestId"
#       }
#     In CloudFormation:
#       AccessLogSetting: {DestinationArn: arn:aws:logs:eu-west-1:222222222222:log-group:api, Format: $context.requestId}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["APIGateway.1"]
#     checkov: ["CKV_AWS_76"]
#     terrascan: ["AC_AWS_0012", "AWS.APIGateway.Logging.Medium.0572", "AC_AWS_0014", "AWS.APIGateway.Logging.Medium.0567"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.access_logs

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "calls are not logged"} if {
	some it in input.resources.aws_api_gateway_stage
	resource.is_missing(it, "access_log_settings")
}
