# METADATA
# scope: package
# title: A listener takes TLS 1.2 or newer
# description: >-
#   TLS 1.0 and 1.1 can be broken by whoever sits on the way.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
# custom:
#   id: WL-AWS-ELB-006
#   remedy: |-
#     In Terraform:
#       ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
#     In CloudFormation:
#       SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ELB.17"]
#     checkov: ["CKV_AWS_103", "CKV2_AWS_74"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elb.tls_policy

import data.wayleave.lib.resource

deny contains {"address": listener.address, "message": message} if {
	some listener in resource.of_types(["aws_lb_listener", "aws_alb_listener"])
	listener.values.protocol in {"HTTPS", "TLS"}
	policy := resource.value_or_default(listener, "ssl_policy", "ELBSecurityPolicy-2016-08")
	not takes_new_only(policy)
	message := sprintf("the policy %s takes TLS 1.0 or 1.1", [policy])
}

takes_new_only(policy) if regex.match(`^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)`, policy)
