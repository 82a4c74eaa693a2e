# METADATA
# scope: package
# title: A database is encrypted
# description: >-
#   Snapshots and storage of a database that is not encrypted can be read by whoever gets a copy, and encryption
#   cannot be turned on later without a new database.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   id: WL-AWS-RDS-002
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#     In CloudFormation: StorageEncrypted: true. An existing database is encrypted by restoring an encrypted copy of its snapshot.
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["RDS.3", "RDS.27"]
#     checkov: ["CKV_AWS_16", "CKV_AWS_96", "CKV_AWS_327"]
#     cis-aws-3.0: ["2.3.1"]
#     terrascan: ["AC_AWS_0058", "AWS.RDS.DataSecurity.High.0414", "AC_AWS_0186", "AWS.RDS.EncryptionandKeyManagement.High.0414"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.encryption

import data.wayleave.lib.resource

deny contains {"address": database.address, "message": "the storage is not encrypted"} if {
	some kind in ["aws_db_instance", "aws_rds_cluster"]
	some database in input.resources[kind]
	not database.values.storage_encrypted == true
	not resource.is_uncertain(database, "storage_encrypted")
	not inherits(database)
}

# What is restored or replicated is encrypted as its source is; a serverless cluster always is.
inherits(database) if {
	some attribute in [
		"snapshot_identifier", "replicate_source_db", "restore_to_point_in_time", "replication_source_identifier",
		"global_cluster_identifier",
	]
	resource.is_set(database, attribute)
}

inherits(database) if database.values.engine_mode == "serverless"
