# METADATA
# scope: package
# title: A bucket is read through CloudFront only
# description: >-
#   Without origin access control the bucket has to be public, and is read round CloudFront: without its log,
#   its web ACL and its TLS.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# custom:
#   id: WL-AWS-CLOUDFRONT-009
#   remedy: |-
#     In Terraform:
#       origin_access_control_id = aws_cloudfront_origin_access_control.site.id
#     In CloudFormation:
#       OriginAccessControlId: !Ref Control
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["CloudFront.13"]
#     checkov: ["CKV2_AWS_46"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.origin_access

import data.wayleave.lib.resource

deny contains {"address": distribution.address, "message": message} if {
	some distribution in input.resources.aws_cloudfront_distribution
	some index, origin in distribution.values.origin
	regex.match(`\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com`, origin.domain_name)
	path := sprintf("origin.%d", [index])
	every way in ["origin_access_control_id", "s3_origin_config.0.origin_access_identity", "custom_origin_config"] {
		resource.is_missing(distribution, concat(".", [path, way]))
	}
	message := sprintf("the bucket %s is read without origin access control", [origin.domain_name])
}
