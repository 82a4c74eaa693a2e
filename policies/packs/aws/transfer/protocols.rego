# METADATA
# scope: package
# title: Files are not moved over plain FTP
# description: >-
#   Names, passwords and files can be read on the wire.
# related_resources:
#   - https://docs.aws.amazon.com/transfer/latest/userguide/create-server-ftp.html
# custom:
#   id: WL-AWS-TRANSFER-001
#   remedy: |-
#     In Terraform:
#       protocols = ["SFTP"]
#     In CloudFormation:
#       Protocols: [SFTP]
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Transfer.2"]
#     checkov: ["CKV_AWS_357"]
#   engines: [terraform, cloudformation]
package wayleave.aws.transfer.protocols

deny contains {"address": server.address, "message": "files are moved over plain FTP"} if {
	some server in input.resources.aws_transfer_server
	"FTP" in server.values.protocols
}
