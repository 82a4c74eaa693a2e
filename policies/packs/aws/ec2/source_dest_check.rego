# METADATA
# scope: package
# title: A network interface takes only traffic of its own
# description: >-
#   An interface without the check passes on what others send, and can pose as them.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
# custom:
#   id: WL-AWS-EC2-058
#   remedy: |-
#     In Terraform:
#       source_dest_check = true
#     In CloudFormation:
#       SourceDestCheck: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.180"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.source_dest_check

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the interface passes on traffic of others"} if {
	some it in input.resources.aws_network_interface
	resource.is_false_or_missing(it, "source_dest_check", true)
}
