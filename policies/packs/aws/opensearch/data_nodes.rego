# METADATA
# scope: package
# title: A domain has three data nodes in several zones
# description: >-
#   With fewer, the loss of a node or of a zone takes the index with it.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
# custom:
#   id: WL-AWS-OPENSEARCH-013
#   remedy: |-
#     In Terraform:
#       instance_count         = 3
#       zone_awareness_enabled = true
#       zone_awareness_config {
#         availability_zone_count = 3
#       }
#     In CloudFormation:
#       InstanceCount: 3
#       ZoneAwarenessEnabled: true
#       ZoneAwarenessConfig: {AvailabilityZoneCount: 3}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ES.6", "Opensearch.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.data_nodes

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the domain has fewer than three data nodes"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.number_or_default(it, "cluster_config.0.instance_count", 1) < 3
}

deny contains {"address": it.address, "message": "all data nodes are in one zone"} if {
	some it in resource.of_types(["aws_opensearch_domain", "aws_elasticsearch_domain"])
	resource.number_or_default(it, "cluster_config.0.instance_count", 1) >= 3
	resource.is_off(it, "cluster_config.0.zone_awareness_enabled")
}
