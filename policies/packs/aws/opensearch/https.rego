# METADATA
# scope: package
# title: A domain takes HTTPS only
# description: >-
#   Queries, documents and passwords can be read on the wire otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html
# custom:
#   id: WL-AWS-OPENSEARCH-004
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
#   severity: high
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_83"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.https

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "plain HTTP is taken"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_off(it, "domain_endpoint_options.0.enforce_https")
}
