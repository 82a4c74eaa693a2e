# METADATA
# scope: package
# title: Data is moved over TLS
# description: >-
#   Whoever sits between the two databases reads and changes every row that is moved.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
# custom:
#   id: WL-AWS-DMS-003
#   remedy: |-
#     In Terraform:
#       ssl_mode        = "verify-ca"
#       certificate_arn = "arn:aws:dms:eu-west-1:222222222222:cert:a"
#     In CloudFormation:
#       SslMode: verify-ca
#       CertificateArn: arn:aws:dms:eu-west-1:222222222222:cert:a
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DMS.9", "DMS.12"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.endpoint_tls

import data.wayleave.lib.resource
# Engines that are spoken with over the network of databases; the others are services of AWS, which are spoken with over TLS.
engines := {
	"aurora", "aurora-postgresql", "azuredb", "azure-sql-managed-instance", "db2", "docdb", "mariadb", "mongodb", "mysql",
	"oracle", "postgres", "sqlserver", "sybase",
}

deny contains {"address": it.address, "message": "the database is spoken with in the clear"} if {
	some it in input.resources.aws_dms_endpoint
	it.values.engine_name in engines
	resource.value_or_default(it, "ssl_mode", "none") == "none"
}

deny contains {"address": it.address, "message": "Redis is spoken with in the clear"} if {
	some it in input.resources.aws_dms_endpoint
	some protocol in ["ssl_security_protocol"]
	it.values.redis_settings[0][protocol] == "plaintext"
}
