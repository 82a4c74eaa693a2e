package wayleave.aws.organizations.scp_denies_test

import data.wayleave.aws.organizations.scp_denies

found(statements) := answer if {
	answer := scp_denies.deny with input as {"resources": {"aws_organizations_policy": [{
		"address": "p",
		"values": {},
		"unknown": [],
		"written": [],
		"documents": {"content": {"statements": statements}},
	}]}}
}

everything := {"effect": "Allow", "actions": ["*"], "resources": ["*"], "conditions": {}}

test_everything if count(found([everything])) == 1

test_with_a_guard if found([everything, {"effect": "Deny", "actions": ["organizations:LeaveOrganization"], "conditions": {}}]) == set()

test_list if found([{"effect": "Allow", "actions": ["s3:*"], "conditions": {}}]) == set()
