# METADATA
# scope: package
# title: Requests to a distribution are logged
# description: >-
#   Without logs nobody can say who fetched what, or where an attack came from.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
# custom:
#   id: WL-AWS-CLOUDFRONT-005
#   remedy: |-
#     In Terraform:
#       logging_config {
#         bucket = aws_s3_bucket.logs.bucket_domain_name
#       }
#     In CloudFormation:
#       Logging: {Bucket: !GetAtt Logs.DomainName}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["CloudFront.5"]
#     checkov: ["CKV_AWS_86"]
#     terrascan: ["AC_AWS_0025", "AWS.CloudFront.Logging.Medium.0567"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "requests are not logged"} if {
	some it in input.resources.aws_cloudfront_distribution
	resource.is_missing(it, "logging_config")
	not sends_logs(it)
}

# Logs of the newer kind go through a delivery of CloudWatch Logs.
sends_logs(distribution) if {
	some source in input.resources.aws_cloudwatch_log_delivery_source
	resource.names(source, "resource_arn", distribution)
}
