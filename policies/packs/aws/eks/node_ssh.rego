# METADATA
# scope: package
# title: The nodes of a cluster take SSH from known machines only
# description: >-
#   With a key and without a security group, port 22 of every node is open to the internet.
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/create-managed-node-group.html
# custom:
#   id: WL-AWS-EKS-005
#   remedy: |-
#     In Terraform:
#       remote_access {
#         ec2_ssh_key               = "ops"
#         source_security_group_ids = [aws_security_group.ops.id]
#       }
#     In CloudFormation:
#       RemoteAccess: {Ec2SshKey: ops, SourceSecurityGroups: [!Ref Ops]}
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_100"]
#   engines: [terraform, cloudformation]
package wayleave.aws.eks.node_ssh

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": "SSH of the nodes is open to everybody"} if {
	some group in input.resources.aws_eks_node_group
	some index, access in group.values.remote_access
	access.ec2_ssh_key
	resource.is_missing(group, sprintf("remote_access.%d.source_security_group_ids", [index]))
}
