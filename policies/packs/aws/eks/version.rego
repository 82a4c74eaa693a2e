# METADATA
# scope: package
# title: A cluster runs a version that is looked after
# description: >-
#   An old version gets no patches, and one day AWS upgrades it without asking.
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
# custom:
#   id: WL-AWS-EKS-004
#   remedy: |-
#     In Terraform:
#       version = "1.33"
#     In CloudFormation:
#       Version: '1.33'
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EKS.2"]
#     checkov: ["CKV_AWS_339"]
#   parameters:
#     minor:
#       default: 31
#       description: The oldest minor version of Kubernetes 1 that is allowed.
#   engines: [terraform, cloudformation]
package wayleave.aws.eks.version

deny contains {"address": cluster.address, "message": message} if {
	some cluster in input.resources.aws_eks_cluster
	parts := split(sprintf("%v", [cluster.values.version]), ".")
	to_number(parts[0]) == 1
	to_number(parts[1]) < data.parameters["WL-AWS-EKS-004"].minor
	message := sprintf("Kubernetes %v is not looked after any more", [cluster.values.version])
}
