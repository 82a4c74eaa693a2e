# METADATA
# scope: package
# title: A domain has masters of its own
# description: >-
#   Where nodes that hold data also lead the cluster, a heavy query can make it lose its head.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
# custom:
#   id: WL-AWS-OPENSEARCH-011
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
#       cluster_config {
#         dedicated_master_enabled = true
#         dedicated_master_count   = 3
#       }
#     In CloudFormation:
#       EncryptionAtRestOptions: {Enabled: true}
#       NodeToNodeEncryptionOptions: {Enabled: true}
#       DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}
#       ClusterConfig: {DedicatedMasterEnabled: true, DedicatedMasterCount: 3}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ES.7"]
#     aws-security-hub: ["Opensearch.11"]
#     checkov: ["CKV_AWS_318", "CKV2_AWS_59"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.dedicated_masters

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "there are no dedicated masters"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_off(it, "cluster_config.0.dedicated_master_enabled")
}
