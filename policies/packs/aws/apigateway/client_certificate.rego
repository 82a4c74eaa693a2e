# METADATA
# scope: package
# title: A backend can tell that calls come from its API
# description: >-
#   With a client certificate, a backend that is reached over HTTP refuses whoever goes round the API and its
#   authorization.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
# custom:
#   id: WL-AWS-APIGATEWAY-003
#   remedy: |-
#     In Terraform:
#       client_certificate_id = "c1"
#     In CloudFormation:
#       ClientCertificateId: c1
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["APIGateway.2"]
#     checkov: ["CKV2_AWS_51"]
#     terrascan: ["AC_AWS_0013", "AWS.APIGateway.NetworkSecurity.Medium.0565"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.client_certificate

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "no client certificate is sent to backends"} if {
	some it in input.resources.aws_api_gateway_stage
	resource.is_missing(it, "client_certificate_id")
}
