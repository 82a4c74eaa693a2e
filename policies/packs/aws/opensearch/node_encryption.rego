# METADATA
# scope: package
# title: Nodes of a domain speak TLS among themselves
# description: >-
#   Every document goes from node to node.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
# custom:
#   id: WL-AWS-OPENSEARCH-002
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
#     aws-fsbp: ["Opensearch.3", "ES.3"]
#     checkov: ["CKV_AWS_6"]
#     terrascan: ["AC_AWS_0468", "AWS.ElasticSearch.IS.MEDIUM.0045"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.node_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "traffic between nodes is not encrypted"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_off(it, "node_to_node_encryption.0.enabled")
}
