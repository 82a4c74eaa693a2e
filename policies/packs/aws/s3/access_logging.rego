# METADATA
# scope: package
# title: A bucket logs who reads and writes it
# description: >-
#   Without access logs nobody can say afterwards which objects an intruder read. CloudTrail shows object
#   requests only where data events are turned on.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   id: WL-AWS-S3-006
#   remedy: |-
#     In Terraform:
#       resource "aws_s3_bucket_logging" "reports" {
#         bucket        = aws_s3_bucket.reports.id
#         target_bucket = aws_s3_bucket.logs.id
#         target_prefix = "reports/"
#       }
#     In CloudFormation:
#       LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: reports/}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["S3.9"]
#     checkov: ["CKV_AWS_18"]
#     cis-aws-3.0: ["3.4"]
#     terrascan: ["AC_AWS_0497", "AWS.S3Bucket.LM.MEDIUM.0078"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.access_logging

import data.wayleave.lib.resource

deny contains {"address": bucket.address, "message": "requests to the bucket are not logged"} if {
	some bucket in input.resources.aws_s3_bucket
	not resource.is_set(bucket, "logging")
	count(resource.attached(bucket, "aws_s3_bucket_logging", "bucket")) == 0
	not resource.may_be_attached("aws_s3_bucket_logging", "bucket")
	not receives_logs(bucket)
}

# A bucket that takes the logs of others must not log into itself.
receives_logs(bucket) if {
	some logging in input.resources.aws_s3_bucket_logging
	resource.names(logging, "target_bucket", bucket)
}

receives_logs(bucket) if bucket.values.acl == "log-delivery-write"

receives_logs(bucket) if {
	some acl in resource.attached(bucket, "aws_s3_bucket_acl", "bucket")
	acl.values.acl == "log-delivery-write"
}
