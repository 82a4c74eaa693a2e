# METADATA
# scope: package
# title: Who comes in over the VPN is logged
# description: >-
#   After a stolen laptop the first question is when it was last inside.
# related_resources:
#   - https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-with-connection-logs.html
# custom:
#   id: WL-AWS-VPC-026
#   remedy: |-
#     In Terraform:
#       enabled              = true
#       cloudwatch_log_group = "/vpn/people"
#     In CloudFormation:
#       Enabled: true
#       CloudwatchLogGroup: /vpn/people
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["EC2.51"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.client_vpn_logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "connections are not logged"} if {
	some it in input.resources.aws_ec2_client_vpn_endpoint
	resource.is_off(it, "connection_log_options.0.enabled")
}
