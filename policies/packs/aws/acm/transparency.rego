# METADATA
# scope: package
# title: A certificate is in the public logs
# description: >-
#   Browsers refuse certificates that are not, and you are not told of one that somebody else got for your name.
# related_resources:
#   - https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html
# custom:
#   id: WL-AWS-ACM-002
#   remedy: |-
#     In Terraform:
#       options {
#         certificate_transparency_logging_preference = "ENABLED"
#       }
#     In CloudFormation:
#       CertificateTransparencyLoggingPreference: ENABLED
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_234"]
#   engines: [terraform, cloudformation]
package wayleave.aws.acm.transparency

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_acm_certificate
	found := resource.value(it, "options.0.certificate_transparency_logging_preference")
	found in {"DISABLED"}
	message := sprintf("logging is %s", [found])
}
