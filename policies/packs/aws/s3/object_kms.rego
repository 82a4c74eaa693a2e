# METADATA
# scope: package
# title: An object that code puts into a bucket is encrypted with a KMS key
# description: >-
#   An object names its key, or takes the default of its bucket. Without a KMS key whoever may read the object
#   may read the text.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html
# custom:
#   id: WL-AWS-S3-014
#   remedy: |-
#     In Terraform:
#       kms_key_id = aws_kms_key.reports.arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_186", "CKV_AWS_181"]
#     terrascan: ["AC_AWS_0498", "AWS.ASBO.DP.MEDIUM.0034"]
#   engines: [terraform]
package wayleave.aws.s3.object_kms

import data.wayleave.lib.resource

deny contains {"address": object.address, "message": "the object names no KMS key, and its bucket has none as far as can be seen"} if {
	some kind in ["aws_s3_bucket_object", "aws_s3_object", "aws_s3_object_copy"]
	some object in input.resources[kind]
	not resource.is_set(object, "kms_key_id")
	not resource.value_or_default(object, "server_side_encryption", "") in {"aws:kms", "aws:kms:dsse"}
	not resource.is_uncertain(object, "server_side_encryption")
	not bucket_has_key(object)
	not is_elsewhere(object)
}

# A bucket that cannot be told, such as one of a module from elsewhere, may have a key.
is_elsewhere(it) if {
	resource.is_unknown(it, "bucket")
	every bucket in object.get(input.resources, "aws_s3_bucket", []) {
		not resource.names(it, "bucket", bucket)
	}
}

bucket_has_key(object) if {
	some bucket in input.resources.aws_s3_bucket
	resource.names(object, "bucket", bucket)
	some configuration in resource.attached(bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket")
	some written in configuration.values.rule
	some chosen in written.apply_server_side_encryption_by_default
	chosen.sse_algorithm != "AES256"
}
