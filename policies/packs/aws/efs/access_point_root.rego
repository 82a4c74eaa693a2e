# METADATA
# scope: package
# title: An access point shows a directory of its own
# description: >-
#   An access point without a root directory shows the whole file system to its client, and with it the data of
#   the others.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html
# custom:
#   id: WL-AWS-EFS-004
#   remedy: |-
#     In Terraform:
#       root_directory {
#         path = "/home"
#       }
#     In CloudFormation:
#       RootDirectory: {Path: /home}
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["EFS.3"]
#     checkov: ["CKV_AWS_329"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.access_point_root

import data.wayleave.lib.resource

deny contains {"address": point.address, "message": "the access point shows the whole file system"} if {
	some point in input.resources.aws_efs_access_point
	resource.value_or_default(point, "root_directory.0.path", "/") == "/"
}
