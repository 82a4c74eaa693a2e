# METADATA
# scope: package
# title: Inspector looks at machines, images and functions
# description: >-
#   What it does not look at keeps its known holes until somebody else finds them.
# related_resources:
#   - https://docs.aws.amazon.com/inspector/latest/user/scanning-resources.html
# custom:
#   id: WL-AWS-INSPECTOR-001
#   remedy: |-
#     In Terraform:
#       resource_types = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Inspector.1", "Inspector.2", "Inspector.3", "Inspector.4"]
#   engines: [terraform]
package wayleave.aws.inspector.coverage

import data.wayleave.lib.resource
wanted := {"EC2", "ECR", "LAMBDA", "LAMBDA_CODE"}

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_inspector2_enabler
	resource.is_set(it, "resource_types")
	not resource.is_unknown(it, "resource_types")
	missing := [kind | some kind in wanted; not kind in present]
	count(missing) > 0
	not some_unknown
	message := sprintf("Inspector does not look at %s", [concat(", ", sort(missing))])
}

present contains kind if {
	some other in input.resources.aws_inspector2_enabler
	some kind in other.values.resource_types
}

some_unknown if {
	some other in input.resources.aws_inspector2_enabler
	resource.is_unknown(other, "resource_types")
}
