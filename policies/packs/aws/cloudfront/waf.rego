# METADATA
# scope: package
# title: A distribution has a web ACL in front
# description: >-
#   A web ACL keeps out known attacks and floods of requests before they reach the origin.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html
# custom:
#   id: WL-AWS-CLOUDFRONT-006
#   remedy: |-
#     In Terraform:
#       web_acl_id = aws_wafv2_web_acl.site.arn
#     In CloudFormation:
#       WebACLId: !GetAtt Acl.Arn
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["CloudFront.6"]
#     checkov: ["CKV_AWS_68"]
#     terrascan: ["AC_AWS_0032", "AC-AW-IS-CD-M-1186"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.waf

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "no web ACL is in front"} if {
	some it in input.resources.aws_cloudfront_distribution
	resource.is_missing(it, "web_acl_id")
}
