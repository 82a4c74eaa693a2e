# METADATA
# scope: package
# title: An access point says as which user its clients work
# description: >-
#   Without a user of the access point a client says itself who it is, root included.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html
# custom:
#   id: WL-AWS-EFS-005
#   remedy: |-
#     In Terraform:
#       posix_user {
#         uid = 1000
#         gid = 1000
#       }
#     In CloudFormation:
#       PosixUser: {Uid: '1000', Gid: '1000'}
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["EFS.4"]
#     checkov: ["CKV_AWS_330"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.access_point_user

import data.wayleave.lib.resource

deny contains {"address": point.address, "message": "clients choose their user themselves"} if {
	some point in input.resources.aws_efs_access_point
	resource.is_missing(point, "posix_user")
}
