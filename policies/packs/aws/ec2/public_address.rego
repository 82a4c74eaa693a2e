# METADATA
# scope: package
# title: An instance has no public address
# description: >-
#   A machine with a public address is tried by the internet within minutes; a load balancer or a session of
#   Systems Manager reaches it without one.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
# custom:
#   id: WL-AWS-EC2-054
#   remedy: |-
#     In Terraform:
#       associate_public_ip_address = false
#     In CloudFormation:
#       NetworkInterfaces: [{DeviceIndex: "0", AssociatePublicIpAddress: false}]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.9", "EC2.25", "AutoScaling.5"]
#     checkov: ["CKV_AWS_88", "CKV_AWS_389"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.public_address

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "it gets a public address"} if {
	some it in resource.of_types(["aws_instance", "aws_launch_configuration"])
	resource.is_true(it.values.associate_public_ip_address)
}

deny contains {"address": it.address, "message": "it gets a public address"} if {
	some it in resource.of_types(["aws_instance", "aws_launch_template"])
	some kind in ["network_interface", "network_interfaces"]
	some interface in resource.blocks(it, kind)
	resource.is_true(interface.associate_public_ip_address)
}
