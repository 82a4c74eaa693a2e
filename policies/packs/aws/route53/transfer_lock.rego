# METADATA
# scope: package
# title: A domain cannot be moved away without you
# description: >-
#   A domain that is not locked is moved to another registrar by whoever gets into a mailbox.
# related_resources:
#   - https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-lock.html
# custom:
#   id: WL-AWS-ROUTE53-003
#   remedy: |-
#     In Terraform:
#       transfer_lock = true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_377"]
#   engines: [terraform]
package wayleave.aws.route53.transfer_lock

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the domain may be moved to another registrar"} if {
	some it in input.resources.aws_route53domains_registered_domain
	resource.is_false_or_missing(it, "transfer_lock", true)
}
