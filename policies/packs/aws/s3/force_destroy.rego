# METADATA
# scope: package
# title: A bucket with objects in it cannot be deleted
# description: >-
#   With force_destroy, deleting or replacing the bucket in a plan first deletes every object and every version
#   of it.
# related_resources:
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#force_destroy-1
# custom:
#   id: WL-AWS-S3-018
#   remedy: |-
#     In Terraform:
#       force_destroy = false
#   severity: low
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.s3.force_destroy

deny contains {"address": bucket.address, "message": "force_destroy deletes the objects with the bucket"} if {
	some kind in ["aws_s3_bucket", "aws_s3_directory_bucket"]
	some bucket in input.resources[kind]
	bucket.values.force_destroy == true
}
