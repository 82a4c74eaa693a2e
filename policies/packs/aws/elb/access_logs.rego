# METADATA
# scope: package
# title: Requests through a load balancer are logged
# description: >-
#   Without its log nobody can say who asked for what when something went wrong.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# custom:
#   id: WL-AWS-ELB-001
#   remedy: |-
#     In Terraform:
#       access_logs {
#         bucket  = aws_s3_bucket.logs.id
#         enabled = true
#       }
#     In CloudFormation:
#       LoadBalancerAttributes: [{Key: access_logs.s3.enabled, Value: "true"}, {Key: access_logs.s3.bucket, Value: example-logs}]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ELB.5"]
#     checkov: ["CKV_AWS_91"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.access_logs

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "requests are not logged"} if {
	some it in resource.of_types(["aws_lb", "aws_alb"])
	resource.is_off(it, "access_logs.0.enabled")
	not it.values.load_balancer_type == "gateway"
}
