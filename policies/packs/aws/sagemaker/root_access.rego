# METADATA
# scope: package
# title: Users of a notebook are not root
# description: >-
#   As root they turn off what is meant to watch and limit them.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html
# custom:
#   id: WL-AWS-SAGEMAKER-003
#   remedy: |-
#     In Terraform:
#       direct_internet_access = "Disabled"
#       root_access = "Disabled"
#     In CloudFormation:
#       DirectInternetAccess: Disabled
#       RootAccess: Disabled
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["SageMaker.3"]
#     checkov: ["CKV_AWS_307"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.root_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_sagemaker_notebook_instance
	found := resource.value_or_default(it, "root_access", "Enabled")
	found in {"Enabled"}
	message := sprintf("root access is %s", [found])
}
