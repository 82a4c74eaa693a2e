# METADATA
# scope: package
# title: A repository says who may use it
# description: >-
#   Without a policy of its own, everybody in the account with a general permission for ECR may pull and push.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
# custom:
#   id: WL-AWS-ECR-005
#   remedy: |-
#     In Terraform:
#       resource "aws_ecr_repository_policy" "app" {
#         repository = aws_ecr_repository.app.name
#         policy     = data.aws_iam_policy_document.app.json
#       }
#     In CloudFormation:
#       RepositoryPolicyText: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Deploy.Arn}, Action: ecr:BatchGetImage}]}
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     terrascan: ["AC_AWS_0462", "AWS.AER.DP.MEDIUM.0058"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.policy_missing

import data.wayleave.lib.resource

deny contains {"address": repository.address, "message": "the repository has no policy of its own"} if {
	some repository in input.resources.aws_ecr_repository
	count(resource.attached(repository, "aws_ecr_repository_policy", "repository")) == 0
	not resource.may_be_attached("aws_ecr_repository_policy", "repository")
	not resource.is_set(repository, "policy")
}
