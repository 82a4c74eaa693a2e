# METADATA
# scope: package
# title: Uploads that were broken off are cleaned away
# description: >-
#   The parts of an upload that never ended are invisible in the bucket and are paid for until a lifecycle rule
#   takes them away.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
# custom:
#   id: WL-AWS-S3-009
#   remedy: |-
#     In Terraform:
#       abort_incomplete_multipart_upload {
#         days_after_initiation = 7
#       }
#     In CloudFormation:
#       AbortIncompleteMultipartUpload: {DaysAfterInitiation: 7}
#   severity: low
#   category: Resilience
#   frameworks:
#     checkov: ["CKV_AWS_300"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.multipart_abort

import data.wayleave.lib.resource

deny contains {"address": lifecycle.address, "message": "no rule cleans up uploads that were broken off"} if {
	some lifecycle in input.resources.aws_s3_bucket_lifecycle_configuration
	not resource.is_uncertain(lifecycle, "rule")
	not cleans_up(lifecycle)
}

cleans_up(lifecycle) if {
	some written in lifecycle.values.rule
	written.status == "Enabled"
	some abort in written.abort_incomplete_multipart_upload
	abort.days_after_initiation > 0
}
