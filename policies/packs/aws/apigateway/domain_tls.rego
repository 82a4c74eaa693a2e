# METADATA
# scope: package
# title: An API speaks TLS 1.2 or newer
# description: >-
#   TLS 1.0 can be broken by whoever sits on the way.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
# custom:
#   id: WL-AWS-APIGATEWAY-012
#   remedy: |-
#     In Terraform:
#       security_policy = "TLS_1_2"
#     In CloudFormation:
#       SecurityPolicy: TLS_1_2
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_206"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.domain_tls

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_api_gateway_domain_name
	found := resource.value(it, "security_policy")
	found in {"TLS_1_0"}
	message := sprintf("the domain takes %s", [found])
}
