# METADATA
# scope: package
# title: A model makes no connections of its own
# description: >-
#   A model is code of somebody; without isolation it may send what it is asked to anywhere.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
# custom:
#   id: WL-AWS-SAGEMAKER-006
#   remedy: |-
#     In Terraform:
#       enable_network_isolation = true
#     In CloudFormation:
#       EnableNetworkIsolation: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["SageMaker.5"]
#     checkov: ["CKV_AWS_370"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.network_isolation

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the model may make connections"} if {
	some it in input.resources.aws_sagemaker_model
	resource.is_off(it, "enable_network_isolation")
}
