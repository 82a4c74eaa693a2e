# METADATA
# scope: package
# title: Images are scanned when they are pushed
# description: >-
#   Known holes in an image are found before it runs, not after. A registry can scan all its repositories; where
#   it does not, each has to be told.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
# custom:
#   id: WL-AWS-ECR-001
#   remedy: |-
#     In Terraform:
#       image_scanning_configuration {
#         scan_on_push = true
#       }
#     In CloudFormation:
#       ImageScanningConfiguration: {ScanOnPush: true}
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECR.1"]
#     checkov: ["CKV_AWS_163"]
#     terrascan: ["AC_AWS_0083", "AWS.ECR.DataSecurity.High.0578"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.scan_on_push

import data.wayleave.lib.resource

deny contains {"address": repository.address, "message": "images are not scanned when they are pushed"} if {
	some repository in input.resources.aws_ecr_repository
	resource.is_off(repository, "image_scanning_configuration.0.scan_on_push")
	not registry_scans
}

registry_scans if count(input.resources.aws_ecr_registry_scanning_configuration) > 0
