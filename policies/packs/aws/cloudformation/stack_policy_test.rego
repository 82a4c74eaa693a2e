package wayleave.aws.cloudformation.stack_policy_test

import data.wayleave.aws.cloudformation.stack_policy

found(values, unknown, engine) := answer if {
	answer := stack_policy.deny with input as {"resources": {"aws_cloudformation_stack": [{
		"address": "s",
		"engine": engine,
		"values": values,
		"unknown": unknown,
		"written": ["policy_body"],
	}]}}
}

test_none if count(found({}, [], "terraform")) == 1

test_nested_stacks_have_none if found({}, [], "cloudformation") == set()

test_unknown if found({}, ["policy_body"], "terraform") == set()

test_address if found({"policy_url": "https://example.com"}, [], "terraform") == set()
