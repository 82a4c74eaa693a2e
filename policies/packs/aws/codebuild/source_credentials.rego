# METADATA
# scope: package
# title: The address of a source has no password in it
# description: >-
#   Whoever may look at the project, its builds or this code reads it.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/access-tokens.html
# custom:
#   id: WL-AWS-CODEBUILD-005
#   remedy: |-
#     In Terraform:
#       location = "https://bitbucket.org/acme/shop.git"
#     In CloudFormation:
#       Location: https://bitbucket.org/acme/shop.git
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["CodeBuild.1"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.source_credentials

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "credentials stand in the address of the source"} if {
	some it in input.resources.aws_codebuild_project
	some name in ["source", "secondary_sources"]
	some source in resource.blocks(it, name)
	regex.match(`^https?://[^/@:]+:[^/@]+@`, source.location)
}
