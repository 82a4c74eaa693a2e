# METADATA
# scope: package
# title: A warehouse's owner has a name that is not everybody's first guess
# description: >-
#   Who knows the name has half of what it takes to sign in.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html
# custom:
#   id: WL-AWS-REDSHIFT-009
#   remedy: |-
#     In Terraform:
#       master_username                     = "facts_owner"
#     In CloudFormation:
#       MasterUsername: facts_owner
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Redshift.8"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.admin_name

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the owner is called awsuser, as everywhere"} if {
	some it in input.resources.aws_redshift_cluster
	resource.value_or_default(it, "master_username", null) in {"awsuser"}
}
