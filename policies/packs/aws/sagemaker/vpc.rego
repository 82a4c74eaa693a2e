# METADATA
# scope: package
# title: A notebook is in a VPC
# description: >-
#   Outside of it no security group and no flow log sees what goes in and out.
# related_resources:
#   - https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
# custom:
#   id: WL-AWS-SAGEMAKER-004
#   remedy: |-
#     In Terraform:
#       subnet_id       = aws_subnet.lab.id
#       security_groups = [aws_security_group.lab.id]
#     In CloudFormation:
#       SubnetId: !Ref Subnet
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["SageMaker.2"]
#     checkov: ["CKV_AWS_306"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sagemaker.vpc

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the notebook is outside of any VPC"} if {
	some it in input.resources.aws_sagemaker_notebook_instance
	resource.is_missing(it, "subnet_id")
}
