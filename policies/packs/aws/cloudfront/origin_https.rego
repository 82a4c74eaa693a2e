# METADATA
# scope: package
# title: CloudFront speaks HTTPS with its origins
# description: >-
#   Between CloudFront and the origin is the internet, too.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
# custom:
#   id: WL-AWS-CLOUDFRONT-002
#   remedy: |-
#     In Terraform:
#       origin_protocol_policy = "https-only"
#       origin_ssl_protocols   = ["TLSv1.2"]
#     In CloudFormation:
#       CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CloudFront.9", "CloudFront.10"]
#     checkov: ["CKV2_AWS_72", "CKV2_AWS_54"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.origin_https

import data.wayleave.lib.resource

weak := {"SSLv3", "TLSv1", "TLSv1.1"}

deny contains {"address": distribution.address, "message": message} if {
	some distribution in input.resources.aws_cloudfront_distribution
	some origin in resource.blocks(distribution, "origin")
	some custom in resource.blocks(origin, "custom_origin_config")
	some reason in reasons(custom, distribution)
	message := sprintf("the origin %s is asked over %s", [object.get(origin, "domain_name", "that is not known yet"), reason])
}

# What viewers may ask for in plain text is asked for in plain text.
reasons(custom, distribution) := {"plain HTTP"} if {
	custom.origin_protocol_policy == "http-only"
} else := {"whatever the viewer speaks"} if {
	custom.origin_protocol_policy == "match-viewer"
	some kind in ["default_cache_behavior", "ordered_cache_behavior"]
	some behavior in resource.blocks(distribution, kind)
	behavior.viewer_protocol_policy == "allow-all"
} else := {protocol | some protocol in custom.origin_ssl_protocols; protocol in weak} if {
	custom.origin_protocol_policy == "https-only"
}
