# METADATA
# scope: package
# title: Modules come from places that are known
# description: >-
#   A module does what its author likes, with the credentials of the account. Only sources that somebody has looked at
#   belong in a change.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/sources
# custom:
#   id: WL-TF-005
#   remedy: |-
#     Take the module from a source of the list, or add its source to the list in the rule's parameters:
#       source  = "terraform-aws-modules/vpc/aws"
#       version = "5.16.0"
#   severity: medium
#   category: Supply Chain
#   parameters:
#     allowed:
#       description: Sources that modules may come from. `*` stands for anything; directories of the repository are always allowed.
#       default: ["terraform-aws-modules/*", "aws-ia/*", "cloudposse/*", "hashicorp/*", "app.terraform.io/*"]
#   engines: [terraform]
package wayleave.aws.terraform.module_source

import data.wayleave.lib.module

allowed := data.parameters["WL-TF-005"].allowed

deny contains {"address": call.address, "message": sprintf("the module comes from %s", [call.source])} if {
	some call in input.modules
	not module.is_local(call.source)
	not is_allowed(call.source)
}

is_allowed(source) if {
	some pattern in allowed
	glob.match(pattern, null, module.plain(source))
}
