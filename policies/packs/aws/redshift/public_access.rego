# METADATA
# scope: package
# title: A warehouse has no public address
# description: >-
#   A warehouse with a public address can be tried by the whole internet; only its password is in the way.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html
# custom:
#   id: WL-AWS-REDSHIFT-001
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Redshift.1"]
#     checkov: ["CKV_AWS_87", "CKV_AWS_391"]
#     terrascan: ["AC_AWS_0199", "AWS.Redshift.NetworkSecurity.HIGH.0564"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.public_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the warehouse has a public address"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_true_by_default(it, "publicly_accessible", false)
}
