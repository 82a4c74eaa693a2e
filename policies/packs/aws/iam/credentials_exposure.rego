# METADATA
# scope: package
# title: A policy does not let its holder fetch credentials of everything
# description: >-
#   Actions that answer with passwords, tokens or keys are worth as much as what they open. On every resource, they open the
#   account.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-IAM-005
#   remedy: |-
#     Name the resource:
#       Resource = aws_iam_role.partner.arn
#     In CloudFormation: !GetAtt Partner.Arn.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_107", "CKV_AWS_287"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.credentials_exposure

import data.wayleave.lib.iam

exposing := {
	"chime:CreateApiKey", "codepipeline:PollForJobs", "cognito-identity:GetOpenIdToken",
	"cognito-identity:GetOpenIdTokenForDeveloperIdentity", "cognito-identity:GetCredentialsForIdentity", "connect:GetFederationToken",
	"ec2:GetPasswordData", "gamelift:RequestUploadCredentials", "iam:CreateAccessKey", "iam:CreateLoginProfile",
	"iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential", "iam:UpdateAccessKey",
	"lightsail:GetInstanceAccessDetails", "lightsail:GetRelationalDatabaseMasterUserPassword", "rds-db:connect",
	"redshift:GetClusterCredentials", "sso:GetRoleCredentials", "sts:AssumeRole", "sts:AssumeRoleWithSAML",
	"sts:AssumeRoleWithWebIdentity", "sts:GetFederationToken",
}

deny contains {"address": held.address, "message": message} if {
	some held in iam.identity_statements
	iam.is_unbounded(held.statement)
	not is_whole(held.statement)
	granted := [action | some action in exposing; iam.covers_action(held.statement, action)]
	count(granted) > 0
	message := sprintf("the policy allows on every resource: %s", [concat(", ", granted)])
}

# Whole services are another rule's matter.
is_whole(statement) if count(iam.whole_services(statement)) > 0

is_whole(statement) if statement.not_actions
