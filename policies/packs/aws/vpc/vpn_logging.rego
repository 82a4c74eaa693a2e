# METADATA
# scope: package
# title: A tunnel to another site is logged
# description: >-
#   Why a tunnel broke, or who keeps trying another key, stands in its log alone.
# related_resources:
#   - https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html
# custom:
#   id: WL-AWS-VPC-027
#   remedy: |-
#     In Terraform:
#       tunnel1_log_options {
#         cloudwatch_log_options {
#           log_enabled       = true
#           log_group_arn     = "arn:aws:logs:eu-west-1:222222222222:log-group:/vpn/office"
#           log_output_format = "json"
#         }
#       }
#       tunnel2_log_options {
#         cloudwatch_log_options {
#           log_enabled       = true
#           log_group_arn     = "arn:aws:logs:eu-west-1:222222222222:log-group:/vpn/office"
#           log_output_format = "json"
#         }
#       }
#     In CloudFormation:
#       VpnTunnelOptionsSpecifications:
#         - LogOptions: {CloudwatchLogOptions: {LogEnabled: true, LogGroupArn: 'arn:aws:logs:eu-west-1:222222222222:log-group:/vpn/office'}}
#         - LogOptions: {CloudwatchLogOptions: {LogEnabled: true, LogGroupArn: 'arn:aws:logs:eu-west-1:222222222222:log-group:/vpn/office'}}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["EC2.171"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.vpn_logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_vpn_connection
	some tunnel in ["tunnel1", "tunnel2"]
	not written_as_list(it)
	resource.is_off(it, sprintf("%s_log_options.0.cloudwatch_log_options.0.log_enabled", [tunnel]))
	message := sprintf("%s is not logged", [tunnel])
}

# A template names its tunnels in a list.
deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_vpn_connection
	some number, _ in resource.blocks(it, "vpn_tunnel_options_specifications")
	path := sprintf("vpn_tunnel_options_specifications.%d.log_options.0.cloudwatch_log_options.0.log_enabled", [number])
	resource.is_off(it, path)
	message := sprintf("tunnel %d is not logged", [sum([number, 1])])
}

written_as_list(it) if resource.is_set(it, "vpn_tunnel_options_specifications")
