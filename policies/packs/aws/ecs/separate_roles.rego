# METADATA
# scope: package
# title: What starts a task and what runs in it have roles of their own
# description: >-
#   The role that starts a task reads all its secrets; a program that has the same role reads them, too, and
#   those of others.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
# custom:
#   id: WL-AWS-ECS-011
#   remedy: |-
#     In Terraform:
#       execution_role_arn = aws_iam_role.start.arn
#       task_role_arn      = aws_iam_role.app.arn
#     In CloudFormation:
#       ExecutionRoleArn: !GetAtt Start.Arn
#       TaskRoleArn: !GetAtt App.Arn
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_249"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.separate_roles

deny contains {"address": task.address, "message": "one role both starts the task and runs in it"} if {
	some task in input.resources.aws_ecs_task_definition
	task.values.task_role_arn == task.values.execution_role_arn
}

deny contains {"address": task.address, "message": "one role both starts the task and runs in it"} if {
	some task in input.resources.aws_ecs_task_definition
	some address in task.links.task_role_arn
	address in task.links.execution_role_arn
	not contains(address, "module.")
}
