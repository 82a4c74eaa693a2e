# METADATA
# scope: package
# title: Clients say who they are
# description: >-
#   Without authentication everybody who reaches the brokers reads and writes every topic.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
# custom:
#   id: WL-AWS-MSK-003
#   remedy: |-
#     In Terraform:
#       client_authentication {
#         sasl {
#           iam = true
#         }
#       }
#     In CloudFormation:
#       ClientAuthentication: {Sasl: {Iam: {Enabled: true}}}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["MSK.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.unauthenticated

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "clients need not say who they are"} if {
	some it in input.resources.aws_msk_cluster
	resource.is_true_by_default(it, "client_authentication.0.unauthenticated", false)
}
