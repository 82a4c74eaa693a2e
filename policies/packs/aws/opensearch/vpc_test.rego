package wayleave.aws.opensearch.vpc_test

import data.wayleave.aws.opensearch.vpc

found(values, unknown) := answer if {
	answer := vpc.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"vpc_options": ""}, [])) == 1

test_good if found({"vpc_options": "x"}, []) == set()

test_unknown if found({}, ["vpc_options"]) == set()

test_left_out if count(found({}, [])) == 1
