# METADATA
# scope: package
# title: The disks of an instance are encrypted
# description: >-
#   A snapshot or a detached disk that is not encrypted can be read by whoever gets hold of it.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/EBSEncryption.html
# custom:
#   id: WL-AWS-EC2-053
#   remedy: |-
#     In Terraform:
#       root_block_device {
#         encrypted = true
#       }
#     In CloudFormation:
#       BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true}}]
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EC2.3", "EC2.181"]
#     checkov: ["CKV_AWS_8"]
#     cis-aws-3.0: ["2.2.1"]
#     terrascan: ["AC_AWS_0167", "AWS.EcsCluster.EncryptionandKeyManagement.High.0413"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.disk_encryption

import data.wayleave.lib.resource

# A disk that nobody writes comes from the image, and is encrypted as it is.
deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_instance", "aws_launch_configuration"])
	some kind in ["root_block_device", "ebs_block_device"]
	some index, disk in it.values[kind]
	path := sprintf("%s.%d", [kind, index])
	not_encrypted(it, path)
	message := sprintf("the disk %s is not encrypted", [object.get(disk, "device_name", "of the root")])
	not by_default
}

deny contains {"address": it.address, "message": "the instance leaves it to its image whether the disk of its root is encrypted", "severity": "low"} if {
	some it in resource.of_types(["aws_instance", "aws_launch_configuration"])
	every kind in ["root_block_device", "ebs_block_device", "block_device_mappings"] {
		resource.is_missing(it, kind)
	}
	not resource.is_set(it, "launch_template")
	not by_default
}

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_launch_template
	some index, mapping in it.values.block_device_mappings
	some place, _ in mapping.ebs
	not_encrypted(it, sprintf("block_device_mappings.%d.ebs.%d", [index, place]))
	message := sprintf("the disk %s is not encrypted", [object.get(mapping, "device_name", "of the root")])
	not by_default
}

not_encrypted(it, path) if {
	resource.is_off(it, concat(".", [path, "encrypted"]))
	resource.is_missing(it, concat(".", [path, "snapshot_id"]))
	resource.is_missing(it, concat(".", [path, "kms_key_id"]))
}

by_default if {
	some setting in input.resources.aws_ebs_encryption_by_default
	not setting.values.enabled == false
}
