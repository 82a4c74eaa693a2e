# METADATA
# scope: package
# title: New volumes of a region are encrypted
# description: >-
#   With the default on, volumes that somebody makes by hand, or that a service makes, are encrypted as well.
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
# custom:
#   id: WL-AWS-EBS-003
#   remedy: |-
#     In Terraform:
#       enabled = true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EC2.7"]
#     checkov: ["CKV_AWS_106"]
#     cis-aws-3.0: ["2.2.1"]
#     terrascan: ["AC_AWS_0079", "AWS.EBS.DataSecurity.High.0580"]
#   engines: [terraform]
package wayleave.aws.ebs.encryption_by_default

deny contains {"address": setting.address, "message": "encryption of new volumes is turned off"} if {
	some setting in input.resources.aws_ebs_encryption_by_default
	setting.values.enabled == false
}
