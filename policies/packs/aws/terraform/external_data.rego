# METADATA
# scope: package
# title: No program runs while a change is planned
# description: >-
#   A data source of the type external runs a program of the code's author on the machine that plans, with the pipeline's
#   credentials, before anybody has looked at the change.
# related_resources:
#   - https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external
# custom:
#   id: WL-TF-001
#   remedy: |-
#     Ask the provider that knows the answer, or pass it as a variable:
#       variable "image" { type = string }
#   severity: high
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.terraform.external_data

deny contains {"address": source.address, "message": message} if {
	some source in input.data.external
	message := sprintf("planning runs %s", [command(source)])
}

command(source) := concat(" ", [word | some word in source.values.program; is_string(word)]) if source.values.program

command(source) := "a program that is not known" if not source.values.program
