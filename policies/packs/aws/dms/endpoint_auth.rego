# METADATA
# scope: package
# title: MongoDB asks who moves its data
# description: >-
#   A database that lets in everybody who reaches it is read by everybody who reaches it.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MongoDB.html
# custom:
#   id: WL-AWS-DMS-004
#   remedy: |-
#     In Terraform:
#       auth_type = "password"
#     In CloudFormation:
#       AuthType: password
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["DMS.11"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.endpoint_auth

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "nobody signs in to MongoDB"} if {
	some it in input.resources.aws_dms_endpoint
	resource.value_or_default(it, "mongodb_settings.0.auth_type", "password") in {"no"}
}
