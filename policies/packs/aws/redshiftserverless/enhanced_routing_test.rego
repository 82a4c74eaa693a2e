package wayleave.aws.redshiftserverless.enhanced_routing_test

import data.wayleave.aws.redshiftserverless.enhanced_routing

found(values, unknown) := answer if {
	answer := enhanced_routing.deny with input as {"resources": {"aws_redshiftserverless_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enhanced_vpc_routing"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"enhanced_vpc_routing": false}, [])) == 1

test_good if found({"enhanced_vpc_routing": true}, []) == set()

test_unknown if found({}, ["enhanced_vpc_routing"]) == set()

test_left_out if count(found({}, [])) == 1
