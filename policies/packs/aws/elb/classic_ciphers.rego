# METADATA
# scope: package
# title: A classic load balancer takes strong protocols and ciphers
# description: >-
#   SSL 3, TLS 1.0 and 1.1, RC4 and triple DES can be broken by whoever sits on the way.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html
# custom:
#   id: WL-AWS-ELB-011
#   remedy: |-
#     In Terraform:
#       policy_attribute {
#         name  = "Reference-Security-Policy"
#         value = "ELBSecurityPolicy-TLS-1-2-2017-01"
#       }
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ELB.8"]
#     terrascan: ["AC_AWS_0172", "AWS.ELB.EncryptionandKeyManagement.High.0401", "AC_AWS_0171", "AWS.ELB.EncryptionandKeyManagement.High.0403"]
#   engines: [terraform]
package wayleave.aws.elb.classic_ciphers

import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": message} if {
	some policy in input.resources.aws_load_balancer_policy
	some attribute in resource.blocks(policy, "policy_attribute")
	is_weak(attribute)
	message := sprintf("%s is allowed", [subject(attribute)])
}

is_weak(attribute) if {
	regex.match(`(?i)^Protocol-(SSLv[23]|TLSv1(\.1)?)$`, attribute.name)
	resource.is_true(attribute.value)
}

is_weak(attribute) if {
	regex.match(`(?i)(RC4|RC2|DES|EXP|NULL|MD5|SEED|IDEA|ADH)`, attribute.name)
	resource.is_true(attribute.value)
}

is_weak(attribute) if {
	attribute.name == "Reference-Security-Policy"
	is_string(attribute.value)
	attribute.value != "ELBSecurityPolicy-TLS-1-2-2017-01"
}

subject(attribute) := attribute.value if attribute.name == "Reference-Security-Policy"

subject(attribute) := attribute.name if attribute.name != "Reference-Security-Policy"
