# METADATA
# scope: package
# title: A snapshot of a Neptune cluster is encrypted
# description: >-
#   A snapshot that is not encrypted can be read by whoever it is copied or shared to. It is as its cluster is.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/encrypt.html
# custom:
#   id: WL-AWS-NEPTUNE-008
#   remedy: |-
#     In Terraform:
#       Encrypt the cluster: storage_encrypted = true in aws_neptune_cluster.
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Neptune.6"]
#     checkov: ["CKV_AWS_279", "CKV_AWS_280"]
#   engines: [terraform]
package wayleave.aws.neptune.snapshot_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the snapshot is not encrypted"} if {
	some it in input.resources.aws_neptune_cluster_snapshot
	resource.is_off(it, "storage_encrypted")
	not of_encrypted(it)
}

of_encrypted(snapshot) if {
	some cluster in input.resources.aws_neptune_cluster
	resource.names(snapshot, "db_cluster_identifier", cluster)
	not resource.is_off(cluster, "storage_encrypted")
}
