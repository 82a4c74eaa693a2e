# METADATA
# scope: package
# title: A direct connection is encrypted on the wire
# description: >-
#   The line goes through buildings of others; without MACsec, or a VPN over it, everything on it is in plain
#   text.
# related_resources:
#   - https://docs.aws.amazon.com/directconnect/latest/UserGuide/MACsec.html
# custom:
#   id: WL-AWS-DIRECTCONNECT-001
#   remedy: |-
#     In Terraform:
#       request_macsec = true
#   severity: low
#   category: Data Protection
#   engines: [terraform]
package wayleave.aws.directconnect.macsec

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the line is not asked to be encrypted"} if {
	some it in input.resources.aws_dx_connection
	resource.is_off(it, "request_macsec")
}
