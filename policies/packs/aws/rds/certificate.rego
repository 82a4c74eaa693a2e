# METADATA
# scope: package
# title: A database's certificate is not about to expire
# description: >-
#   Clients that check certificates are cut off on the day when the authority of 2019 ends; clients that do not
#   check are talking to anybody.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html
# custom:
#   id: WL-AWS-RDS-006
#   remedy: |-
#     In Terraform:
#       ca_cert_identifier = "rds-ca-rsa2048-g1"
#     In CloudFormation:
#       CACertificateIdentifier: rds-ca-rsa2048-g1
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_211"]
#     terrascan: ["AC_AWS_0057", "AWS.RDS.DS.High.1042"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.certificate

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_db_instance", "aws_rds_cluster_instance"])
	found := resource.value(it, "ca_cert_identifier")
	not found in {"rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"}
	message := sprintf("the certificate comes from %s", [found])
}
