# METADATA
# scope: package
# title: Viewers speak TLS 1.2 or newer
# description: >-
#   TLS 1.0 and 1.1 can be broken by whoever sits on the way.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
# custom:
#   id: WL-AWS-CLOUDFRONT-003
#   remedy: |-
#     In Terraform:
#       minimum_protocol_version = "TLSv1.2_2021"
#     In CloudFormation:
#       MinimumProtocolVersion: TLSv1.2_2021
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CloudFront.15"]
#     checkov: ["CKV_AWS_174"]
#     terrascan: ["AC_AWS_0023", "AWS.CloudFront.EncryptionandKeyManagement.High.0408"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.minimum_tls

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_cloudfront_distribution
	found := resource.value(it, "viewer_certificate.0.minimum_protocol_version")
	found in {"SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"}
	message := sprintf("viewers may speak %s", [found])
}
