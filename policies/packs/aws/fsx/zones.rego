# METADATA
# scope: package
# title: A file system survives the loss of a zone
# description: >-
#   A file system of one zone is gone as long as the zone is.
# related_resources:
#   - https://docs.aws.amazon.com/fsx/latest/WindowsGuide/high-availability-multiAZ.html
# custom:
#   id: WL-AWS-FSX-001
#   remedy: |-
#     In Terraform:
#       deployment_type     = "MULTI_AZ_1"
#     In CloudFormation:
#       DeploymentType: MULTI_AZ_1
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["FSx.3", "FSx.4", "FSx.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.fsx.zones

import data.wayleave.lib.resource
# What counts where nothing is written; the others have no default.
defaults := {"aws_fsx_windows_file_system": "SINGLE_AZ_1", "aws_fsx_ontap_file_system": "", "aws_fsx_openzfs_file_system": ""}

deny contains {"address": it.address, "message": "the file system is in one zone"} if {
	some kind, fallback in defaults
	some it in input.resources[kind]
	startswith(resource.value_or_default(it, "deployment_type", fallback), "SINGLE_AZ")
}
