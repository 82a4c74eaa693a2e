# METADATA
# scope: package
# title: Nobody is given a managed policy for administrators
# description: >-
#   AdministratorAccess and its like allow everything, on every resource, for as long as they are attached.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
# custom:
#   id: WL-AWS-IAM-014
#   remedy: |-
#     Attach a policy that allows what is needed:
#       policy_arn = aws_iam_policy.deploy.arn
#     In CloudFormation: ManagedPolicyArns: [!Ref Deploy]. Administrators get a permission set for a few hours.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.1"]
#     aws-security-hub: ["IAM.27"]
#     checkov: ["CKV_AWS_274", "CKV2_AWS_56"]
#     cis-aws-3.0: ["1.16", "1.22"]
#   parameters:
#     policies:
#       description: Names of managed policies that make an administrator.
#       default:
#         - "AdministratorAccess"
#         - "IAMFullAccess"
#         - "PowerUserAccess"
#         - "AWSCloudShellFullAccess"
#         - "AWSOrganizationsFullAccess"
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.admin_policy

import data.wayleave.lib.iam

# Attributes that name managed policies.
attributes := {
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_iam_role": "managed_policy_arns",
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}

deny contains {"address": holder.address, "message": sprintf("%s is attached", [name]), "severity": severity(name)} if {
	some kind, attribute in attributes
	some holder in input.resources[kind]
	some arn in iam.listed(holder.values[attribute])
	is_string(arn)
	name := regex.replace(arn, `^.*/`, "")
	name in data.parameters["WL-AWS-IAM-014"].policies
}

severity(name) := "high" if name in {"AdministratorAccess", "IAMFullAccess"}

severity(name) := "medium" if not name in {"AdministratorAccess", "IAMFullAccess"}
