# METADATA
# scope: package
# title: Certificates are kept in ACM, not in IAM
# description: >-
#   IAM does not renew certificates or warn before they expire, and their private key stands in the state.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html
# custom:
#   id: WL-AWS-IAM-023
#   remedy: |-
#     In Terraform:
#       resource "aws_acm_certificate" "site" {
#         domain_name       = "example.com"
#         validation_method = "DNS"
#       }
#     In CloudFormation: AWS::CertificateManager::Certificate.
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["IAM.26"]
#     cis-aws-3.0: ["1.19"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.server_certificate

deny contains {"address": certificate.address, "message": "the certificate is not renewed"} if {
	some certificate in input.resources.aws_iam_server_certificate
}
