# METADATA
# scope: package
# title: The API of a cluster is not open to the internet
# description: >-
#   Everybody may try it, and every hole in it is tried on the day when it becomes known.
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
# custom:
#   id: WL-AWS-EKS-001
#   remedy: |-
#     In Terraform:
#       vpc_config {
#         endpoint_public_access  = false
#         endpoint_private_access = true
#       }
#     In CloudFormation:
#       ResourcesVpcConfig: {EndpointPublicAccess: false, EndpointPrivateAccess: true}
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EKS.1"]
#     checkov: ["CKV_AWS_38", "CKV_AWS_39"]
#   engines: [terraform, cloudformation]
package wayleave.aws.eks.public_endpoint

import data.wayleave.lib.resource

deny contains {"address": cluster.address, "message": "everybody may reach the API of the cluster"} if {
	some cluster in is_public
	open_to(cluster, "0.0.0.0/0")
}

deny contains {"address": cluster.address, "message": message, "severity": "low"} if {
	some cluster in is_public
	not open_to(cluster, "0.0.0.0/0")
	cidrs := resource.value(cluster, "vpc_config.0.public_access_cidrs")
	message := sprintf("the API of the cluster has a public address, open to %v", [cidrs])
}

is_public contains cluster if {
	some cluster in input.resources.aws_eks_cluster
	resource.is_true_by_default(cluster, "vpc_config.0.endpoint_public_access", true)
}

open_to(cluster, cidr) if cidr in resource.value_or_default(cluster, "vpc_config.0.public_access_cidrs", ["0.0.0.0/0"])
