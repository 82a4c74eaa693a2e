# METADATA
# scope: package
# title: What happens in a cluster is logged
# description: >-
#   Who did what in the cluster is known only from the audit log of its control plane.
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
# custom:
#   id: WL-AWS-EKS-002
#   remedy: |-
#     In Terraform:
#       enabled_cluster_log_types = ["api", "audit", "authenticator"]
#     In CloudFormation:
#       Logging: {ClusterLogging: {EnabledTypes: [{Type: api}, {Type: audit}, {Type: authenticator}]}}
#   severity: medium
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["EKS.8"]
#     checkov: ["CKV_AWS_37"]
#     terrascan: ["AC_AWS_0465", "AWS.AEC.LM.MEDIUM.0071"]
#   parameters:
#     logs:
#       default: ["api", "audit", "authenticator"]
#       description: The logs that have to be kept.
#   engines: [terraform, cloudformation]
package wayleave.aws.eks.control_plane_logs

import data.wayleave.lib.resource

deny contains {"address": cluster.address, "message": message} if {
	some cluster in input.resources.aws_eks_cluster
	kept := resource.value_or_default(cluster, "enabled_cluster_log_types", [])
	not resource.is_uncertain(cluster, "enabled_cluster_log_types")
	missing := [kind | some kind in data.parameters["WL-AWS-EKS-002"].logs; not kind in kept]
	count(missing) > 0
	message := sprintf("these logs are not kept: %s", [concat(", ", missing)])
}
