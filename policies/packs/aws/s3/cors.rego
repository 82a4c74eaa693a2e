# METADATA
# scope: package
# title: Only known websites may write to a bucket through a browser
# description: >-
#   With the origin *, any page that a user happens to visit can send uploads and deletions with the credentials
#   that the browser holds.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
# custom:
#   id: WL-AWS-S3-013
#   remedy: |-
#     In Terraform:
#       allowed_origins = ["https://app.example.com"]
#     In CloudFormation:
#       AllowedOrigins: ['https://app.example.com']
#   severity: medium
#   category: Infrastructure Security
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.cors

deny contains {"address": holder.address, "message": message} if {
	some kind in ["aws_s3_bucket", "aws_s3_bucket_cors_configuration"]
	some holder in input.resources[kind]
	some written in holder.values.cors_rule
	"*" in written.allowed_origins
	writing := [method | some method in written.allowed_methods; method in {"PUT", "POST", "DELETE"}]
	count(writing) > 0
	message := sprintf("pages of every origin may send %s", [concat(", ", writing)])
}
