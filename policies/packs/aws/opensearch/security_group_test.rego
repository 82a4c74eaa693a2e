package wayleave.aws.opensearch.security_group_test

import data.wayleave.aws.opensearch.security_group

found(values, unknown) := answer if {
	answer := security_group.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"vpc_options": [{"subnet_ids": ["s"], "security_group_ids": ""}]}, [])) == 1

test_good if found({"vpc_options": [{"subnet_ids": ["s"], "security_group_ids": "x"}]}, []) == set()

test_unknown if found({"vpc_options": [{"subnet_ids": ["s"]}]}, ["vpc_options.0.security_group_ids"]) == set()

test_left_out if count(found({"vpc_options": [{"subnet_ids": ["s"]}]}, [])) == 1
