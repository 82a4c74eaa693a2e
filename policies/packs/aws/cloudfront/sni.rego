# METADATA
# scope: package
# title: A distribution tells its names apart by SNI
# description: >-
#   Addresses of its own are for viewers that cannot do TLS 1.2 either, and cost much.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-https-dedicated-ip-or-sni.html
# custom:
#   id: WL-AWS-CLOUDFRONT-010
#   remedy: |-
#     In Terraform:
#       ssl_support_method       = "sni-only"
#     In CloudFormation:
#       SslSupportMethod: sni-only
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["CloudFront.8"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.sni

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the certificate is served from addresses of its own"} if {
	some it in input.resources.aws_cloudfront_distribution
	resource.value_or_default(it, "viewer_certificate.0.ssl_support_method", null) in {"vip", "static-ip"}
}
