# METADATA
# scope: package
# title: A namespace's owner has a name that is not everybody's first guess
# description: >-
#   Who knows the name has half of what it takes to sign in.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-workgroups-create-workgroup-wizard.html
# custom:
#   id: WL-AWS-REDSHIFTSERVERLESS-005
#   remedy: |-
#     In Terraform:
#       admin_username = "facts_owner"
#     In CloudFormation:
#       AdminUsername: facts_owner
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["RedshiftServerless.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshiftserverless.admin_name

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the owner is called admin, as everywhere"} if {
	some it in input.resources.aws_redshiftserverless_namespace
	resource.value_or_default(it, "admin_username", null) in {"admin"}
}
