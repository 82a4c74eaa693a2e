# METADATA
# scope: package
# title: A domain is in a VPC
# description: >-
#   A domain with a public address is found by those who look for open indices; only its policy is in the way.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
# custom:
#   id: WL-AWS-OPENSEARCH-006
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
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Opensearch.2", "ES.2"]
#     checkov: ["CKV_AWS_137"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.vpc

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the domain has a public address"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.is_missing(it, "vpc_options")
}
