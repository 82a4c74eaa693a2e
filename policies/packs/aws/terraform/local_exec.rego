# METADATA
# scope: package
# title: No program runs while a change is applied
# description: >-
#   A local-exec provisioner runs a command on the machine that applies, with the credentials of the account. What it does
#   is in no plan, so nobody has approved it.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax
# custom:
#   id: WL-TF-002
#   remedy: |-
#     Use a resource for what the command does, or run it as a step of its own, with its own rights:
#       resource "aws_lambda_invocation" "migrate" {
#         function_name = aws_lambda_function.migrate.function_name
#         input         = jsonencode({ version = var.release })
#       }
#   severity: medium
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.terraform.local_exec

deny contains {"address": resource.address, "message": "applying runs a command on the pipeline's machine"} if {
	some kind, _ in input.resources
	some resource in input.resources[kind]
	"local-exec" in resource.provisioners
}
