# METADATA
# scope: package
# title: Answers of an API are compressed
# description: >-
#   Answers that are not compressed take longer and cost more.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
# custom:
#   id: WL-AWS-APIGATEWAY-010
#   remedy: |-
#     In Terraform:
#       minimum_compression_size = 1024
#     In CloudFormation:
#       MinimumCompressionSize: 1024
#   severity: low
#   category: Resilience
#   frameworks:
#     terrascan: ["AC_AWS_0010", "AWS.APIGateway.Medium.0568"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.compression

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "answers are never compressed"} if {
	some it in input.resources.aws_api_gateway_rest_api
	found := resource.value_or_default(it, "minimum_compression_size", -1)
	found in {-1}
}
