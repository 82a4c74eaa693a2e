# METADATA
# scope: package
# title: A notebook has no way of its own to the internet
# description: >-
#   Beside the VPC there is a way that no security group and no flow log sees.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-connect-to-resources.html
# custom:
#   id: WL-AWS-SAGEMAKER-002
#   remedy: |-
#     In Terraform:
#       direct_internet_access = "Disabled"
#     In CloudFormation:
#       DirectInternetAccess: Disabled
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["SageMaker.1"]
#     checkov: ["CKV_AWS_122"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.internet

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_sagemaker_notebook_instance
	found := resource.value_or_default(it, "direct_internet_access", "Enabled")
	found in {"Enabled"}
	message := sprintf("direct access is %s", [found])
}
