# METADATA
# scope: package
# title: Network ACLs do not let the internet in on ports for administration
# description: >-
#   The ACL is the second lock of a network. If it is open as well, one wrong security group is enough.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
# custom:
#   id: WL-AWS-EC2-012
#   remedy: |-
#     Let in only the addresses that are meant:
#       cidr_block = "10.0.0.0/16"
#     In CloudFormation: CidrBlock: 10.0.0.0/16.
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.21"]
#     checkov: ["CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352"]
#     cis-aws-3.0: ["5.1"]
#   parameters:
#     ports:
#       description: Ports of TCP that are looked for.
#       default: [20, 21, 22, 3389]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_acl

import data.wayleave.lib.network

deny contains {"address": rule.address, "message": message, "severity": severity(rule)} if {
	some rule in network.acl_rules("ingress")
	rule.action == "allow"
	some cidr in network.world(rule)
	some port in data.parameters["WL-AWS-EC2-012"].ports
	network.covers(rule, port)
	not is_denied(rule, port, cidr)
	message := sprintf("%s is let through on %s", [cidr, network.ports_text(rule)])
}

# As AWS makes an ACL, it lets everything through: nobody opened it.
severity(rule) := "low" if network.covers_every_port(rule)

severity(rule) := "medium" if not network.covers_every_port(rule)

# A rule with a smaller number comes first.
is_denied(rule, port, cidr) if {
	some earlier in network.acl_rules("ingress")
	earlier.address == rule.address
	earlier.path != rule.path
	earlier.action == "deny"
	to_number(earlier.number) < to_number(rule.number)
	cidr in earlier.cidrs
	network.covers(earlier, port)
}
