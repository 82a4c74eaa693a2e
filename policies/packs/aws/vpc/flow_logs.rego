# METADATA
# scope: package
# title: Traffic of a network is logged
# description: >-
#   Without flow logs nobody can say afterwards where an intruder went, or where the data went.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
# custom:
#   id: WL-AWS-VPC-020
#   remedy: |-
#     In Terraform:
#       resource "aws_flow_log" "main" {
#         vpc_id               = aws_vpc.main.id
#         traffic_type         = "ALL"
#         log_destination_type = "s3"
#         log_destination      = "arn:aws:s3:::example-logs"
#       }
#     In CloudFormation:
#       AWS::EC2::FlowLog with ResourceId, ResourceType: VPC, TrafficType.
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["EC2.6"]
#     checkov: ["CKV2_AWS_11"]
#     cis-aws-3.0: ["3.7"]
#     terrascan: ["AC_AWS_0369", "AWS.VPC.Logging.Medium.0470"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.flow_logs

import data.wayleave.lib.resource

deny contains {"address": network.address, "message": "no flow log is kept"} if {
	some network in resource.of_types(["aws_vpc", "aws_default_vpc"])
	every attribute in ["vpc_id", "subnet_id", "resource_id"] {
		count(resource.attached(network, "aws_flow_log", attribute)) == 0
	}
	not resource.may_be_attached("aws_flow_log", "vpc_id")
	not subnets_are_logged(network)
}

subnets_are_logged(network) if {
	some log in input.resources.aws_flow_log
	some address in resource.links(log, "subnet_id")
	some subnet in input.resources.aws_subnet
	subnet.address == address
	resource.names(subnet, "vpc_id", network)
}
