# METADATA
# scope: package
# title: A port that is open to the internet is meant to be
# description: >-
#   Web servers are open to the internet because they must be; mail servers, file servers and development servers seldom
#   are. A load balancer, CloudFront or a proxy in front keeps the machines themselves closed.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-005
#   remedy: |-
#     Let in only what stands in front:
#       referenced_security_group_id = aws_security_group.load_balancer.id
#     In CloudFormation: SourceSecurityGroupId: !Ref LoadBalancerGroup. A port that is meant to be open goes out of the rule's parameters.
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.18", "EC2.19"]
#     checkov: ["CKV_AWS_260"]
#     terrascan: ["AC_AWS_0228", "AC_AWS_0229", "AC_AWS_0241", "AC_AWS_0242", "AC_AWS_0264", "AC_AWS_0272"]
#   parameters:
#     ports:
#       description: Ports that are looked for, with the name of what listens there.
#       default:
#         tcp/20: FTP
#         tcp/21: FTP
#         tcp/25: SMTP
#         tcp/80: HTTP
#         tcp/110: POP3
#         tcp/143: IMAP
#         tcp/443: HTTPS
#         tcp/3000: a development server
#         tcp/5000: a development server
#         tcp/8000: HTTP
#         tcp/8080: HTTP
#         tcp/8088: HTTP
#         tcp/8888: HTTP
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_other_ports

import data.wayleave.lib.ports

# The web is what the internet is for.
web := {"tcp/80", "tcp/443"}

deny contains object.union(found, {"severity": "low"}) if {
	some found in ports.open_to_world(object.filter(data.parameters["WL-AWS-EC2-005"].ports, web))
}

deny contains object.union(found, {"severity": "medium"}) if {
	some found in ports.open_to_world(object.remove(data.parameters["WL-AWS-EC2-005"].ports, web))
}
