# METADATA
# scope: package
# title: A machine image is encrypted
# description: >-
#   An image holds everything that was installed, keys and configuration included. Without encryption a shared
#   or leaked snapshot of it can be read.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
# custom:
#   id: WL-AWS-AMI-001
#   remedy: |-
#     In Terraform:
#       ebs_block_device {
#         device_name = "/dev/xvda"
#         encrypted   = true
#       }
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_204", "CKV_AWS_235"]
#     terrascan: ["AC_AWS_0005", "AWS.EC2.EncryptionandKeyManagement.Medium.0688"]
#   engines: [terraform]
package wayleave.aws.ami.encryption

import data.wayleave.lib.resource

deny contains {"address": image.address, "message": message} if {
	some image in input.resources.aws_ami
	some index, block in image.values.ebs_block_device
	path := sprintf("ebs_block_device.%d", [index])
	resource.is_off(image, concat(".", [path, "encrypted"]))
	resource.is_missing(image, concat(".", [path, "snapshot_id"]))
	message := sprintf("its disk %s is not encrypted", [object.get(block, "device_name", "")])
}

deny contains {"address": copy.address, "message": "the copy is not told to be encrypted"} if {
	some copy in input.resources.aws_ami_copy
	resource.is_off(copy, "encrypted")
}
