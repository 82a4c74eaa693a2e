# METADATA
# scope: package
# title: A cluster of EMR has a security configuration
# description: >-
#   Without one, disks and traffic between nodes are not encrypted.
# related_resources:
#   - https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-security-configurations.html
# custom:
#   id: WL-AWS-EMR-002
#   remedy: |-
#     In Terraform:
#       security_configuration = "all"
#     In CloudFormation:
#       SecurityConfiguration: all
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EMR.3", "EMR.4"]
#     checkov: ["CKV2_AWS_55"]
#   engines: [terraform, cloudformation]
package wayleave.aws.emr.security_configuration

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "there is no security configuration"} if {
	some it in input.resources.aws_emr_cluster
	resource.is_missing(it, "security_configuration")
}
