# METADATA
# scope: package
# title: Connections to a namespace are logged
# description: >-
#   Who connected, and who tried to, is known only from its logs.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
# custom:
#   id: WL-AWS-REDSHIFTSERVERLESS-004
#   remedy: |-
#     In Terraform:
#       log_exports    = ["connectionlog", "userlog"]
#     In CloudFormation:
#       LogExports: [connectionlog, userlog]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["RedshiftServerless.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshiftserverless.logging

import data.wayleave.lib.resource
wanted := {"connectionlog", "userlog"}

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_redshiftserverless_namespace
	not resource.is_uncertain(it, "log_exports")
	present := {name | some name in it.values.log_exports}
	missing := [name | some name in wanted; not name in present]
	count(missing) > 0
	message := sprintf("%s is not exported", [concat(", ", sort(missing))])
}
