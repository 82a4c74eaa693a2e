# METADATA
# scope: package
# title: Old images are cleaned away
# description: >-
#   Images that nobody uses any more cost money, and their holes are never mended; somebody will run one of them
#   one day.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
# custom:
#   id: WL-AWS-ECR-004
#   remedy: |-
#     In Terraform:
#       resource "aws_ecr_lifecycle_policy" "app" {
#         repository = aws_ecr_repository.app.name
#         policy     = jsonencode({ rules = [] })
#       }
#     In CloudFormation:
#       LifecyclePolicy: {LifecyclePolicyText: '{"rules": []}'}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ECR.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.lifecycle

import data.wayleave.lib.resource

deny contains {"address": repository.address, "message": "no lifecycle policy cleans up its images"} if {
	some repository in input.resources.aws_ecr_repository
	count(resource.attached(repository, "aws_ecr_lifecycle_policy", "repository")) == 0
	not resource.may_be_attached("aws_ecr_lifecycle_policy", "repository")
	not resource.is_set(repository, "lifecycle_policy")
}
