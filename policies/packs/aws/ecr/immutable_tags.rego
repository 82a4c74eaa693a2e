# METADATA
# scope: package
# title: A tag always means the same image
# description: >-
#   With tags that can be moved, whoever may push replaces what runs under a version that was tested and
#   approved.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
# custom:
#   id: WL-AWS-ECR-002
#   remedy: |-
#     In Terraform:
#       image_tag_mutability = "IMMUTABLE"
#     In CloudFormation:
#       ImageTagMutability: IMMUTABLE
#   severity: medium
#   category: Supply Chain
#   frameworks:
#     aws-fsbp: ["ECR.2"]
#     checkov: ["CKV_AWS_51"]
#     terrascan: ["AC_AWS_0447", "AWS.CloudTrail.Logging.Low.009"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.immutable_tags

import data.wayleave.lib.resource

deny contains {"address": repository.address, "message": "tags can be moved to another image"} if {
	some repository in input.resources.aws_ecr_repository
	resource.value_or_default(repository, "image_tag_mutability", "MUTABLE") in {"MUTABLE", "MUTABLE_WITH_EXCLUSION"}
}
