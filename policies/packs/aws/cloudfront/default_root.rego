# METADATA
# scope: package
# title: The address alone shows a page, not the list of a bucket
# description: >-
#   A distribution without a default root object can show what is in the bucket behind it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
# custom:
#   id: WL-AWS-CLOUDFRONT-008
#   remedy: |-
#     In Terraform:
#       default_root_object = "index.html"
#     In CloudFormation:
#       DefaultRootObject: index.html
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["CloudFront.1"]
#     checkov: ["CKV_AWS_305"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.default_root

import data.wayleave.lib.resource

deny contains {"address": distribution.address, "message": "there is no default root object"} if {
	some distribution in input.resources.aws_cloudfront_distribution
	resource.is_missing(distribution, "default_root_object")
	serves_bucket(distribution)
}

serves_bucket(distribution) if {
	some origin in resource.blocks(distribution, "origin")
	regex.match(`\.s3[.-]`, origin.domain_name)
}

serves_bucket(distribution) if {
	some address in resource.links(distribution, "origin")
	contains(address, "aws_s3_bucket.")
}
