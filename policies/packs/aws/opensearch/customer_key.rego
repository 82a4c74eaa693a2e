# METADATA
# scope: package
# title: A domain is encrypted with a key of your own
# description: >-
#   The key that AWS manages cannot be given a policy, or be turned off when somebody has to be shut out.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
# custom:
#   id: WL-AWS-OPENSEARCH-003
#   remedy: |-
#     In Terraform:
#       encrypt_at_rest {
#         enabled    = true
#         kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
#       }
#       node_to_node_encryption {
#         enabled = true
#       }
#       domain_endpoint_options {
#         enforce_https       = true
#         tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
#       }
#     In CloudFormation:
#       EncryptionAtRestOptions: {Enabled: true, KmsKeyId: "arn:aws:kms:eu-west-1:222222222222:key/1"}
#       NodeToNodeEncryptionOptions: {Enabled: true}
#       DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_247"]
#     terrascan: ["AC_AWS_0111", "AWS.ElasticSearch.EKM.Medium.0768"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the domain is encrypted with the key that AWS manages"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_missing(it, "encrypt_at_rest.0.kms_key_id")
}
