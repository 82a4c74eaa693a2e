# METADATA
# scope: package
# title: A domain takes TLS 1.2 or newer
# description: >-
#   TLS 1.0 can be broken by whoever sits on the way.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/infrastructure-security.html
# custom:
#   id: WL-AWS-OPENSEARCH-005
#   remedy: |-
#     In Terraform:
#       encrypt_at_rest {
#         enabled = true
#       }
#       node_to_node_encryption {
#         enabled = true
#       }
#       domain_endpoint_options {
#         enforce_https       = true
#         tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
#       }
#     In CloudFormation:
#       EncryptionAtRestOptions: {Enabled: true}
#       NodeToNodeEncryptionOptions: {Enabled: true}
#       DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Opensearch.8", "ES.8"]
#     checkov: ["CKV_AWS_228"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.tls_policy

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	found := resource.value_or_default(it, "domain_endpoint_options.0.tls_security_policy", "Policy-Min-TLS-1-0-2019-07")
	found in {"Policy-Min-TLS-1-0-2019-07"}
	message := sprintf("the policy is %s", [found])
}
