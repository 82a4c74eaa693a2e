# METADATA
# scope: package
# title: A machine image is not shared with everybody
# description: >-
#   What is in a public image is public: configuration, code, forgotten keys.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
# custom:
#   id: WL-AWS-AMI-002
#   remedy: |-
#     In Terraform:
#       account_id = "222222222222"
#   severity: high
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_205"]
#     terrascan: ["AC_AWS_0006", "AWS.AMI.NS.Medium.1040"]
#   parameters:
#     accounts:
#       default: []
#       description: Accounts that images may be shared with.
#   engines: [terraform]
package wayleave.aws.ami.public_launch

deny contains {"address": permission.address, "message": "everybody may launch the image, and read its disks"} if {
	some permission in input.resources.aws_ami_launch_permission
	permission.values.group == "all"
}

deny contains {"address": permission.address, "message": message, "severity": "low"} if {
	some permission in input.resources.aws_ami_launch_permission
	account := permission.values.account_id
	message := sprintf("account %s may launch the image, and read its disks", [account])
	not account in data.parameters["WL-AWS-AMI-002"].accounts
}
