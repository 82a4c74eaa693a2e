# METADATA
# scope: package
# title: A domain has a security group of its own
# description: >-
#   Without one it gets the default group of the VPC, in which everything may talk to everything.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
# custom:
#   id: WL-AWS-OPENSEARCH-007
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
#       vpc_options {
#         subnet_ids         = ["subnet-1"]
#         security_group_ids = ["sg-1"]
#       }
#     In CloudFormation:
#       EncryptionAtRestOptions: {Enabled: true}
#       NodeToNodeEncryptionOptions: {Enabled: true}
#       DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}
#       VPCOptions: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_248"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.security_group

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the domain has no security group of its own"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_missing(it, "vpc_options.0.security_group_ids")
}
