# METADATA
# scope: package
# title: Answers of a public zone are signed
# description: >-
#   Without DNSSEC whoever sits between a resolver and the zone answers in its name.
# related_resources:
#   - https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
# custom:
#   id: WL-AWS-ROUTE53-002
#   remedy: |-
#     In Terraform:
#       resource "aws_route53_key_signing_key" "main" {
#         hosted_zone_id             = aws_route53_zone.main.zone_id
#         key_management_service_arn = "arn:aws:kms:us-east-1:222222222222:key/1"
#         name                       = "main"
#       }
#
#       resource "aws_route53_hosted_zone_dnssec" "main" {
#         hosted_zone_id = aws_route53_zone.main.zone_id
#       }
#     In CloudFormation:
#       AWS::Route53::KeySigningKey and AWS::Route53::DNSSEC with HostedZoneId.
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV2_AWS_38"]
#   engines: [terraform, cloudformation]
package wayleave.aws.route53.dnssec

import data.wayleave.lib.resource

deny contains {"address": zone.address, "message": "answers are not signed"} if {
	some zone in input.resources.aws_route53_zone
	resource.is_missing(zone, "vpc")
	count(resource.attached(zone, "aws_route53_hosted_zone_dnssec", "hosted_zone_id")) == 0
	not resource.may_be_attached("aws_route53_hosted_zone_dnssec", "hosted_zone_id")
}
