# METADATA
# scope: package
# title: Containers do not reach the metadata of their instance
# description: >-
#   With more than one hop, what runs in a container fetches the keys of the whole machine.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
# custom:
#   id: WL-AWS-EC2-051
#   remedy: |-
#     In Terraform:
#       metadata_options {
#         http_tokens                 = "required"
#         http_put_response_hop_limit = 1
#       }
#     In CloudFormation:
#       MetadataOptions: {HttpTokens: required, HttpPutResponseHopLimit: 1}
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["AutoScaling.4"]
#     checkov: ["CKV_AWS_341"]
#   parameters:
#     hops:
#       default: 1
#       description: The most hops that are allowed; containers on the same machine need 2.
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.hop_limit

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_instance", "aws_launch_configuration", "aws_launch_template"])
	limit := to_number(resource.value(it, "metadata_options.0.http_put_response_hop_limit"))
	limit > data.parameters["WL-AWS-EC2-051"].hops
	message := sprintf("answers of the metadata service go %d hops", [limit])
}
