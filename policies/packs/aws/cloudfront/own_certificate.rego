# METADATA
# scope: package
# title: A distribution has a certificate of its own name
# description: >-
#   Under the certificate of cloudfront.net, TLS 1.0 is allowed and cannot be forbidden.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
# custom:
#   id: WL-AWS-CLOUDFRONT-004
#   remedy: |-
#     In Terraform:
#       viewer_certificate {
#         acm_certificate_arn      = aws_acm_certificate.site.arn
#         minimum_protocol_version = "TLSv1.2_2021"
#         ssl_support_method       = "sni-only"
#       }
#     In CloudFormation:
#       ViewerCertificate: {AcmCertificateArn: !Ref Certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only}
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CloudFront.7"]
#     checkov: ["CKV2_AWS_42"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.own_certificate

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "viewers get the certificate of cloudfront.net, with which TLS 1.0 is allowed"} if {
	some it in input.resources.aws_cloudfront_distribution
	resource.is_true_by_default(it, "viewer_certificate.0.cloudfront_default_certificate", false)
}
