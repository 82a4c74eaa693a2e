# METADATA
# scope: package
# title: Providers come from places that are known
# description: >-
#   A provider is a program that runs with the credentials of the account, while a change is planned as well as when it is
#   applied.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
# custom:
#   id: WL-TF-007
#   remedy: |-
#     Take a provider of the list, or add its source to the list in the rule's parameters:
#       required_providers {
#         aws = { source = "hashicorp/aws", version = "~> 5.80" }
#       }
#   severity: medium
#   category: Supply Chain
#   parameters:
#     allowed:
#       description: Sources that providers may come from. `*` stands for anything.
#       default:
#         - "hashicorp/*"
#         - "opentofu/*"
#         - "terraform.io/builtin/*"
#         - "integrations/*"
#         - "datadog/*"
#         - "cloudflare/*"
#         - "gitlabhq/*"
#   engines: [terraform]
package wayleave.aws.terraform.provider_source

allowed := data.parameters["WL-TF-007"].allowed

deny contains {"address": provider.address, "message": sprintf("the provider comes from %s", [provider.source])} if {
	some provider in input.providers
	is_string(provider.source)
	not is_allowed(provider.source)
}

is_allowed(source) if {
	some pattern in allowed
	glob.match(pattern, null, lower(source))
}
