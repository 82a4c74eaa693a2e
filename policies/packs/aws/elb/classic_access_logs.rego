# METADATA
# scope: package
# title: Requests through a classic load balancer are logged
# description: >-
#   Without its log nobody can say who asked for what when something went wrong.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html
# custom:
#   id: WL-AWS-ELB-009
#   remedy: |-
#     In Terraform:
#       access_logs {
#         bucket = "example-logs"
#       }
#     In CloudFormation:
#       AccessLoggingPolicy: {Enabled: true, S3BucketName: example-logs}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ELB.5"]
#     checkov: ["CKV_AWS_92"]
#     terrascan: ["AC_AWS_0470", "AWS.ELB.LM.MEDIUM.0072"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.classic_access_logs

import data.wayleave.lib.resource

deny contains {"address": balancer.address, "message": "requests are not logged"} if {
	some balancer in input.resources.aws_elb
	not is_logged(balancer)
	not resource.is_uncertain(balancer, "access_logs")
}

is_logged(balancer) if {
	some logs in resource.blocks(balancer, "access_logs")
	not resource.is_false(object.get(logs, "enabled", true))
}
