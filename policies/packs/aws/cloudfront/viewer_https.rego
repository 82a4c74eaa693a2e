# METADATA
# scope: package
# title: Viewers speak HTTPS
# description: >-
#   Pages and cookies over plain HTTP can be read and changed on the way.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
# custom:
#   id: WL-AWS-CLOUDFRONT-001
#   remedy: |-
#     In Terraform:
#       viewer_protocol_policy = "redirect-to-https"
#     In CloudFormation:
#       ViewerProtocolPolicy: redirect-to-https
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CloudFront.3"]
#     checkov: ["CKV_AWS_34"]
#     terrascan: ["AC_AWS_0024", "AWS.CloudFront.EncryptionandKeyManagement.High.0407"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.viewer_https

import data.wayleave.lib.resource

deny contains {"address": distribution.address, "message": "viewers may speak plain HTTP"} if {
	some distribution in input.resources.aws_cloudfront_distribution
	some kind in ["default_cache_behavior", "ordered_cache_behavior"]
	some behavior in resource.blocks(distribution, kind)
	behavior.viewer_protocol_policy == "allow-all"
}
