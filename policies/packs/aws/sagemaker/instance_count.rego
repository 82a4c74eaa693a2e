# METADATA
# scope: package
# title: An endpoint answers from more than one machine
# description: >-
#   One machine is one zone, and each update or fault of it is an outage.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/best-practices.html
# custom:
#   id: WL-AWS-SAGEMAKER-005
#   remedy: |-
#     In Terraform:
#       initial_instance_count = 2
#     In CloudFormation:
#       InitialInstanceCount: 2
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["SageMaker.4"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.instance_count

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "a variant of the model has one machine"} if {
	some it in input.resources.aws_sagemaker_endpoint_configuration
	some variant in resource.blocks(it, "production_variants")
	to_number(variant.initial_instance_count) == 1
}
