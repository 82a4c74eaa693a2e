# METADATA
# scope: package
# title: A role for a build server says which repository may assume it
# description: >-
#   The identity providers of GitHub, GitLab and others vouch for all their customers. Without a condition on the subject,
#   every repository in the world may assume the role.
# related_resources:
#   - https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
# custom:
#   id: WL-AWS-IAM-012
#   remedy: |-
#     In Terraform:
#       Condition = {
#         StringEquals = {
#           "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
#           "token.actions.githubusercontent.com:sub" = "repo:acme/infra:ref:refs/heads/main"
#         }
#       }
#     The same in CloudFormation.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_358", "CKV_AWS_393"]
#   parameters:
#     shared_providers:
#       description: Hosts of identity providers that serve everybody.
#       default:
#         - "token.actions.githubusercontent.com"
#         - "gitlab.com"
#         - "app.terraform.io"
#         - "api.bitbucket.org"
#         - "agent.buildkite.com"
#         - "oidc.circleci.com"
#         - "accounts.google.com"
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.oidc_trust

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": sprintf("everybody with an account at %s may assume the role", [host])} if {
	some held in iam.trust_statements
	some [host, _] in shared(held.statement)
	count(subjects(held.statement, host)) == 0
	not held.statement.conditions.unknown
}

deny contains {"address": held.address, "message": sprintf("the subject %s lets in more than one organization", [subject])} if {
	some held in iam.trust_statements
	some [host, _] in shared(held.statement)
	some subject in subjects(held.statement, host)
	is_wide(subject)
}

# The providers of everybody that a statement lets in, with the names of the principals.
shared(statement) := {[host, name] |
	some name in iam.principals(statement, "Federated")
	some host in data.parameters["WL-AWS-IAM-012"].shared_providers
	contains(name, host)
}

# What the statement asks of the token, besides for whom it was made.
subjects(statement, host) := {value |
	some claim in ["sub", "repository", "repository_owner", "repository_id", "repository_owner_id", "job_workflow_ref", "project_path", "namespace_path", "oid"]
	some value in iam.condition_values(statement, sprintf("%s:%s", [host, claim]))
}

# The organization's name is not spelled out.
is_wide(subject) if regex.match(`^(repo:|project_path:|organization:)?[^/:]*[*?]`, subject)
