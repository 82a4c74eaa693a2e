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
	"chime:createapikey": "chime:CreateApiKey",
	"codepipeline:pollforjobs": "codepipeline:PollForJobs",
	"cognito-identity:getopenidtoken": "cognito-identity:GetOpenIdToken",
	"cognito-identity:getopenidtokenfordeveloperidentity": "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
	"cognito-identity:getcredentialsforidentity": "cognito-identity:GetCredentialsForIdentity",
	"connect:getfederationtoken": "connect:GetFederationToken",
	"ec2:getpassworddata": "ec2:GetPasswordData",
	"gamelift:requestuploadcredentials": "gamelift:RequestUploadCredentials",
	"iam:createaccesskey": "iam:CreateAccessKey",
	"iam:createloginprofile": "iam:CreateLoginProfile",
	"iam:createservicespecificcredential": "iam:CreateServiceSpecificCredential",
	"iam:resetservicespecificcredential": "iam:ResetServiceSpecificCredential",
	"iam:updateaccesskey": "iam:UpdateAccessKey",
	"lightsail:getinstanceaccessdetails": "lightsail:GetInstanceAccessDetails",
	"lightsail:getrelationaldatabasemasteruserpassword": "lightsail:GetRelationalDatabaseMasterUserPassword",
	"rds-db:connect": "rds-db:connect",
	"redshift:getclustercredentials": "redshift:GetClusterCredentials",
	"sso:getrolecredentials": "sso:GetRoleCredentials",
	"sts:assumerole": "sts:AssumeRole",
	"sts:assumerolewithsaml": "sts:AssumeRoleWithSAML",
	"sts:assumerolewithwebidentity": "sts:AssumeRoleWithWebIdentity",
	"sts:getfederationtoken": "sts:GetFederationToken",
}

deny contains {"address": held.address, "message": message} if {
	some held in iam.unbounded_statements
	granted := iam.covered(held.statement, exposing)
	count(granted) > 0
	message := sprintf("the policy allows on every resource: %s", [concat(", ", granted)])
}
