# METADATA
# scope: package
# title: A cache of tables is asked over TLS
# description: >-
#   What the cache answers can be read on the wire otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html
# custom:
#   id: WL-AWS-DYNAMODB-006
#   remedy: |-
#     In Terraform:
#       cluster_endpoint_encryption_type = "TLS"
#     In CloudFormation:
#       ClusterEndpointEncryptionType: TLS
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DynamoDB.7"]
#     checkov: ["CKV_AWS_239"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.dax_tls

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_dax_cluster
	found := resource.value_or_default(it, "cluster_endpoint_encryption_type", "NONE")
	found in {"NONE"}
	message := sprintf("clients speak without TLS (%s)", [found])
}
