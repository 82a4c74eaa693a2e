# METADATA
# scope: package
# title: A domain decides by index and person who may read
# description: >-
#   Without it everybody whom the policy lets in reads every index.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
# custom:
#   id: WL-AWS-OPENSEARCH-010
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
#       advanced_security_options {
#         enabled = true
#       }
#     In CloudFormation:
#       EncryptionAtRestOptions: {Enabled: true}
#       NodeToNodeEncryptionOptions: {Enabled: true}
#       DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}
#       AdvancedSecurityOptions: {Enabled: true}
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Opensearch.7"]
#     checkov: ["CKV2_AWS_52"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.fine_grained_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "fine-grained access control is turned off"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_off(it, "advanced_security_options.0.enabled")
}
