# METADATA
# scope: package
# title: A change lets in nobody from outside
# description: >-
#   Another account, an identity provider or everybody is added to those who may assume a role or use a resource. From then on, this account is as
#   safe as theirs.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
# custom:
#   id: WL-AWS-CHANGE-010
#   remedy: |-
#     Name the very role that is meant, and how it proves itself:
#       principals { identifiers = ["arn:aws:iam::222222222222:role/deployer"] }
#       condition  { test = "StringEquals", variable = "sts:ExternalId", values = [var.external_id] }
#     Accounts that are yours go into the parameter `trusted_accounts`.
#   severity: high
#   category: Identity and Access Management
#   parameters:
#     trusted_accounts:
#       description: Accounts, as twelve digits, that are no outsiders. Accounts of resources that the plan already has are among them.
#       default: []
#   engines: [terraform]
package wayleave.aws.change.trust_opened

import data.wayleave.lib.change
import data.wayleave.lib.iam

trusted := change.own_accounts | {account | some account in data.parameters["WL-AWS-CHANGE-010"].trusted_accounts}

deny contains {"address": altered.address, "message": "the change lets everybody in"} if {
	some kind, _ in input.changes
	some altered in input.changes[kind]
	not "no-op" in altered.actions
	some part in change.let_in(altered)
	part[0] in {"AWS:*", "*:*", "everybody but some"}
	not iam.is_narrowed({"conditions": json.unmarshal(part[3])})
}

deny contains {"address": altered.address, "message": sprintf("the change lets %s in", [who]), "severity": "medium"} if {
	some kind, _ in input.changes
	some altered in input.changes[kind]
	not "no-op" in altered.actions
	count(change.own_accounts) > 0
	some who in change.newcomers(altered)
	is_outside(who)
}

is_outside(who) if {
	startswith(who, "AWS:")
	account := iam.account_of(substring(who, 4, -1))
	not account in trusted
}

is_outside(who) if startswith(who, "Federated:")
