# METADATA
# scope: package
# title: A distribution says which countries it is for
# description: >-
#   What is meant for one country need not be reached from the others.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html
# custom:
#   id: WL-AWS-CLOUDFRONT-007
#   remedy: |-
#     In Terraform:
#       geo_restriction {
#         restriction_type = "whitelist"
#         locations        = ["KR"]
#       }
#     In CloudFormation:
#       GeoRestriction: {RestrictionType: whitelist, Locations: [KR]}
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_374"]
#     terrascan: ["AC_AWS_0026", "AC-AW-IS-CD-M-0026"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudfront.geo_restriction

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "every country is served"} if {
	some it in input.resources.aws_cloudfront_distribution
	found := resource.value(it, "restrictions.0.geo_restriction.0.restriction_type")
	found in {"none"}
}
