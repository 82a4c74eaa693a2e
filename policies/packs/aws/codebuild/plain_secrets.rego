# METADATA
# scope: package
# title: Secrets of a build do not stand in its environment
# description: >-
#   Everybody who may describe the project reads them, and every log that prints the environment keeps them.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
# custom:
#   id: WL-AWS-CODEBUILD-002
#   remedy: |-
#     In Terraform:
#       environment_variable {
#         name  = "TOKEN"
#         type  = "SECRETS_MANAGER"
#         value = "build/token"
#       }
#     In CloudFormation:
#       EnvironmentVariables: [{Name: TOKEN, Type: SECRETS_MANAGER, Value: build/token}]
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CodeBuild.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.plain_secrets

import data.wayleave.lib.resource
import data.wayleave.lib.secrets

deny contains {"address": project.address, "message": message} if {
	some project in input.resources.aws_codebuild_project
	some environment in resource.blocks(project, "environment")
	some place, variable in resource.blocks(environment, "environment_variable")
	path := sprintf("environment.0.environment_variable.%d.type", [place])
	is_plain(project, path)
	is_secret(variable.name, variable.value)
	message := sprintf("the variable %s has its value in plain text", [variable.name])
}

is_plain(project, path) if resource.value_or_default(project, path, "PLAINTEXT") == "PLAINTEXT"

is_secret(name, value) if {
	regex.match(`(?i)(password|passwd|secret|token|api_?key|private_?key|aws_secret_access_key)$`, name)
	count(value) > 0
}

is_secret(_, value) if secrets.is_access_key(value)
