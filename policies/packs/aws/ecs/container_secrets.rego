# METADATA
# scope: package
# title: Secrets do not stand in a task definition
# description: >-
#   Everybody who may describe the task reads its environment, and every old revision keeps it for ever.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
# custom:
#   id: WL-AWS-ECS-001
#   remedy: |-
#     In Terraform:
#       secrets = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
#     In CloudFormation:
#       Secrets: [{Name: DB_PASSWORD, ValueFrom: !Ref Secret}]
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ECS.8"]
#     terrascan: ["AC_AWS_0095", "AWS.LaunchConfiguration.DataSecurity.High.0101"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.container_secrets

import data.wayleave.lib.ecs
import data.wayleave.lib.secrets

deny contains {"address": task.address, "message": message} if {
	some task in input.resources.aws_ecs_task_definition
	some container in ecs.containers(task)
	some variable in container.environment
	field := object.union_n([{lower(key): value} | some key, value in variable])
	is_secret(field.name, field.value)
	message := sprintf("the variable %s of the container %s has its value in plain text", [field.name, ecs.name(container)])
}

is_secret(name, value) if {
	regex.match(`(?i)(password|passwd|secret|api_?key|private_?key|access_?token)$`, name)
	count(value) > 0
	not regex.match(`^(arn:|/|\$|https?:)`, value)
}

is_secret(_, value) if secrets.is_access_key(value)
