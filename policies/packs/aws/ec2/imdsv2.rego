# METADATA
# scope: package
# title: Instance metadata is given to sessions only
# description: >-
#   Version 1 of the metadata service answers any request: one page of an application that fetches addresses for
#   its users hands out the keys of the instance.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
# custom:
#   id: WL-AWS-EC2-050
#   remedy: |-
#     In Terraform:
#       metadata_options {
#         http_tokens = "required"
#       }
#     In CloudFormation:
#       MetadataOptions: {HttpTokens: required}
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["EC2.8", "EC2.170", "AutoScaling.3"]
#     checkov: ["CKV_AWS_79"]
#     cis-aws-3.0: ["5.6"]
#     terrascan: ["AC_AWS_0479", "AC-AWS-NS-IN-M-1172", "AC_AWS_0487", "AC-AW-CA-LC-H-0439"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.imdsv2

import data.wayleave.lib.resource

kinds := ["aws_instance", "aws_launch_configuration", "aws_launch_template"]

deny contains {"address": it.address, "message": "metadata is given without a session (IMDSv1)"} if {
	some it in resource.of_types(kinds)
	resource.value_or_default(it, "metadata_options.0.http_tokens", "optional") == "optional"
	not resource.value_or_default(it, "metadata_options.0.http_endpoint", "enabled") == "disabled"
	not from_template(it)
	not by_default
}

# An instance of a launch template takes its options.
from_template(it) if {
	resource.is_set(it, "launch_template")
	resource.is_missing(it, "metadata_options")
}

# The same configuration sets the default of the account.
by_default if {
	some defaults in input.resources.aws_ec2_instance_metadata_defaults
	defaults.values.http_tokens == "required"
}
