# METADATA
# scope: package
# title: A function is traced
# description: >-
#   When a request is slow or fails, its trace says in which of ten services; without one, it is a search
#   through ten logs.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
# custom:
#   id: WL-AWS-LAMBDA-001
#   remedy: |-
#     In Terraform:
#       tracing_config {
#         mode = "Active"
#       }
#     In CloudFormation:
#       TracingConfig: {Mode: Active}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_50"]
#     terrascan: ["AC_AWS_0163", "AC_AWS_0485", "AWS.LambdaFunction.Logging.0470"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.tracing

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_lambda_function
	found := resource.value_or_default(it, "tracing_config.0.mode", "PassThrough")
	found in {"PassThrough"}
	message := sprintf("tracing is %s", [found])
}
