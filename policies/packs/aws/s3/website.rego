# METADATA
# scope: package
# title: A bucket is not a website by itself
# description: >-
#   A bucket's website endpoint speaks no TLS and needs objects that everybody may read. CloudFront in front of
#   a private bucket serves the same pages without either.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
# custom:
#   id: WL-AWS-S3-012
#   remedy: |-
#     In Terraform:
#       resource "aws_cloudfront_origin_access_control" "site" {
#         name                              = "site"
#         origin_access_control_origin_type = "s3"
#         signing_behavior                  = "always"
#         signing_protocol                  = "sigv4"
#       }
#     In CloudFormation:
#       Leave WebsiteConfiguration out, and put AWS::CloudFront::Distribution with OriginAccessControlId in front.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     terrascan: ["AC_AWS_0208", "AWS.S3Bucket.NetworkSecurity.High.0417"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.website

deny contains {"address": website.address, "message": "the bucket serves a website, without TLS"} if {
	some website in input.resources.aws_s3_bucket_website_configuration
	not only_redirects(website.values)
}

deny contains {"address": bucket.address, "message": "the bucket serves a website, without TLS"} if {
	some bucket in input.resources.aws_s3_bucket
	some block in bucket.values.website
	not only_redirects(block)
}

only_redirects(values) if values.redirect_all_requests_to
