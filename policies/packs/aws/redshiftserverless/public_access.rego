# METADATA
# scope: package
# title: A workgroup has no public address
# description: >-
#   What has no address on the internet cannot be tried from there.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html
# custom:
#   id: WL-AWS-REDSHIFTSERVERLESS-001
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#     In CloudFormation:
#       PubliclyAccessible: false
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["RedshiftServerless.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshiftserverless.public_access

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the workgroup has a public address"} if {
	some it in input.resources.aws_redshiftserverless_workgroup
	resource.is_true_by_default(it, "publicly_accessible", false)
}
