# METADATA
# scope: package
# title: A certificate names the hosts that it is for
# description: >-
#   The key of a wildcard, stolen from the least of its hosts, speaks for all of them.
# related_resources:
#   - https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate.html
# custom:
#   id: WL-AWS-ACM-001
#   remedy: |-
#     In Terraform:
#       domain_name = "app.example.com"
#     In CloudFormation:
#       DomainName: app.example.com
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV2_AWS_71"]
#   engines: [terraform, cloudformation]
package wayleave.aws.acm.wildcard

deny contains {"address": certificate.address, "message": message} if {
	some certificate in input.resources.aws_acm_certificate
	some name in array.concat([object.get(certificate.values, "domain_name", "")], object.get(certificate.values, "subject_alternative_names", []))
	startswith(name, "*.")
	message := sprintf("the certificate is for %s", [name])
}
