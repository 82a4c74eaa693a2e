# METADATA
# scope: package
# title: The role of a service is not an administrator
# description: >-
#   A service needs to reach its load balancer; a role with admin in its name does more.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
# custom:
#   id: WL-AWS-ECS-009
#   remedy: |-
#     In Terraform:
#       iam_role = aws_iam_role.ecs_service.arn
#     In CloudFormation:
#       Role: !Ref ServiceRole
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     terrascan: ["AC_AWS_0087", "AWS.ECS.High.0436"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.admin_role

deny contains {"address": service.address, "message": message} if {
	some service in input.resources.aws_ecs_service
	regex.match(`(?i)admin`, service.values.iam_role)
	message := sprintf("the service has the role %s", [service.values.iam_role])
}
