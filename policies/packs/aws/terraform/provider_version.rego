# METADATA
# scope: package
# title: Providers have a version
# description: >-
#   Without a version, a provider of another major version comes with the next run, and changes what is there or how it is
#   read.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/providers/requirements#version-constraints
# custom:
#   id: WL-TF-008
#   remedy: |-
#     Bound the version, and commit the lock file:
#       required_providers {
#         aws = { source = "hashicorp/aws", version = "~> 5.80" }
#       }
#   severity: low
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.terraform.provider_version

deny contains {"address": provider.address, "message": "no module says which version of the provider it needs"} if {
	some provider in input.providers
	is_string(provider.source)
	not startswith(provider.source, "terraform.io/builtin/")
	not has_version(provider.source)
}

has_version(source) if {
	some provider in input.providers
	provider.source == source
	provider.version
}
