# METADATA
# scope: package
# title: What a build did is logged
# description: >-
#   Without logs nobody can say what went into a package.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details.html
# custom:
#   id: WL-AWS-CODEBUILD-004
#   remedy: |-
#     In Terraform:
#       logs_config {
#         cloudwatch_logs {
#           group_name = "builds"
#         }
#       }
#     In CloudFormation:
#       LogsConfig: {CloudWatchLogs: {Status: ENABLED, GroupName: builds}}
#   severity: medium
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["CodeBuild.4"]
#     checkov: ["CKV_AWS_314"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.logging

import data.wayleave.lib.resource

deny contains {"address": project.address, "message": "the logs of builds are turned off"} if {
	some project in input.resources.aws_codebuild_project
	some logs in resource.blocks(project, "logs_config")
	every kind, fallback in {"cloudwatch_logs": "ENABLED", "s3_logs": "DISABLED"} {
		is_off(logs, kind, fallback)
	}
}

is_off(logs, kind, fallback) if {
	every block in resource.blocks(logs, kind) {
		object.get(block, "status", fallback) == "DISABLED"
	}
	count(resource.blocks(logs, kind)) > 0
}

is_off(logs, kind, "DISABLED") if count(resource.blocks(logs, kind)) == 0
