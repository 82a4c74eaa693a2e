# METADATA
# scope: package
# title: A domain is encrypted
# description: >-
#   Indices, logs and snapshots can be read from the disks otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
# custom:
#   id: WL-AWS-OPENSEARCH-001
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
#     aws-fsbp: ["Opensearch.1", "ES.1"]
#     checkov: ["CKV_AWS_5"]
#     terrascan: ["AC_AWS_0112", "AWS.ElasticSearch.EKM.Medium.0778"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.encryption_at_rest

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the domain is not encrypted"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_off(it, "encrypt_at_rest.0.enabled")
}
