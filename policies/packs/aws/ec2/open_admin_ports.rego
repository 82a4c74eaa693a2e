# METADATA
# scope: package
# title: Ports for administration are not open to the internet
# description: >-
#   Ports such as 22 (SSH) and 3389 (RDP) are tried by scanners within minutes of being opened. One weak password or one
#   late patch is then enough.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-001
#   remedy: |-
#     Use Session Manager, or let in only the addresses that are meant:
#       cidr_ipv4 = "10.0.0.0/8"
#     In CloudFormation: CidrIp: 10.0.0.0/8.
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.19"]
#     aws-security-hub: ["EC2.13", "EC2.14", "EC2.53", "EC2.54"]
#     checkov: [CKV_AWS_24, CKV_AWS_25]
#     cis-aws-3.0: ["5.2", "5.3"]
#     terrascan:
#       - AC_AWS_0227
#       - AC_AWS_0230
#       - AC_AWS_0233
#       - AC_AWS_0236
#       - AC_AWS_0237
#       - AC_AWS_0246
#       - AC_AWS_0254
#       - AC_AWS_0255
#       - AC_AWS_0256
#       - AC_AWS_0257
#       - AC_AWS_0258
#       - AC_AWS_0259
#       - AC_AWS_0265
#       - AC_AWS_0266
#       - AC_AWS_0269
#       - AC_AWS_0271
#       - AC_AWS_0273
#   parameters:
#     ports:
#       description: Ports that are looked for, with the name of what listens there.
#       default:
#         tcp/22: SSH
#         tcp/23: Telnet
#         tcp/135: Windows RPC
#         tcp/137: NetBIOS
#         udp/137: NetBIOS
#         tcp/138: NetBIOS
#         udp/138: NetBIOS
#         tcp/139: NetBIOS
#         udp/139: NetBIOS
#         udp/161: SNMP
#         tcp/445: SMB
#         tcp/2375: Docker
#         tcp/2376: Docker
#         tcp/2379: etcd
#         tcp/3020: CIFS
#         tcp/3389: RDP
#         tcp/4505: Salt
#         tcp/4506: Salt
#         tcp/5500: VNC
#         tcp/5900: VNC
#         tcp/5985: WinRM
#         tcp/5986: WinRM
#         tcp/6443: Kubernetes
#         tcp/8140: Puppet
#         tcp/10250: kubelet
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_admin_ports

import data.wayleave.lib.ports

deny contains found if some found in ports.open_to_world(data.parameters["WL-AWS-EC2-001"].ports)
