# METADATA
# scope: package
# title: What a warehouse copies stays in the VPC
# description: >-
#   Without it, COPY and UNLOAD go over the internet, past every security group, endpoint policy and flow log.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
# custom:
#   id: WL-AWS-REDSHIFT-005
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#       enhanced_vpc_routing = true
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#       EnhancedVpcRouting: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Redshift.7"]
#     checkov: ["CKV_AWS_321"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.enhanced_routing

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "copies go round the VPC"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_off(it, "enhanced_vpc_routing")
}
