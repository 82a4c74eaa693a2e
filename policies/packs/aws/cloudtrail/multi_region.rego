# METADATA
# scope: package
# title: A trail covers every region
# description: >-
#   An intruder works where nobody looks: in a region without a trail.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-001
#   remedy: |-
#     In Terraform:
#       is_multi_region_trail = true
#     In CloudFormation:
#       IsMultiRegionTrail: true
#   severity: medium
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["CloudTrail.1"]
#     checkov: ["CKV_AWS_67"]
#     cis-aws-3.0: ["3.1"]
#     terrascan: ["AC_AWS_0448", "AWS.CloudTrail.Logging.Medium.004", "AC_AWS_0034", "AWS.CloudTrail.Logging.Medium.0460"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.multi_region

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the trail covers one region only"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_off(it, "is_multi_region_trail")
}
