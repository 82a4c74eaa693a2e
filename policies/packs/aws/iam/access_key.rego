# METADATA
# scope: package
# title: Nobody has a lasting access key
# description: >-
#   A key never expires, is copied from file to file, and stands in the state in the clear. Roles give credentials that are
#   good for an hour.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
# custom:
#   id: WL-AWS-IAM-019
#   remedy: |-
#     Give the workload a role, and people a permission set in IAM Identity Center:
#       resource "aws_iam_role" "app" { ... }
#     In CloudFormation: AWS::IAM::Role.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.3"]
#     checkov: ["CKV_AWS_348"]
#     cis-aws-3.0: ["1.11", "1.13", "1.14"]
#     terrascan: ["AC_AWS_0132", "AWS.IamUser.IAM.High.0390", "AC_AWS_0133", "AWS.IamUser.IAM.High.0391"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.access_key

deny contains {"address": key.address, "message": "the key never expires"} if {
	some key in input.resources.aws_iam_access_key
	not is_root(key)
	not key.values.status == "Inactive"
}

deny contains {"address": key.address, "message": "the root user has a key", "severity": "high"} if {
	some key in input.resources.aws_iam_access_key
	is_root(key)
}

is_root(key) if lower(key.values.user) in {"root", "<root_account>"}
