# METADATA
# scope: package
# title: What a workgroup copies stays in the VPC
# description: >-
#   Without it copies go over the internet, past flow logs and endpoints with policies.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
# custom:
#   id: WL-AWS-REDSHIFTSERVERLESS-002
#   remedy: |-
#     In Terraform:
#       enhanced_vpc_routing = true
#     In CloudFormation:
#       EnhancedVpcRouting: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["RedshiftServerless.1"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshiftserverless.enhanced_routing

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "copies go past the VPC"} if {
	some it in input.resources.aws_redshiftserverless_workgroup
	resource.is_off(it, "enhanced_vpc_routing")
}
