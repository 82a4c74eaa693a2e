package wayleave.aws.vpc.default_security_group_test

import data.wayleave.aws.vpc.default_security_group

found(values) := answer if {
	answer := default_security_group.deny with input as {"resources": {"aws_default_security_group": [{"address": "g", "values": values}]}}
}

test_rules if count(found({"ingress": [{"self": true}]})) == 1

test_empty if found({}) == set()

vpc := {"address": "v", "engine": "terraform", "values": {}, "unknown": ["id"], "written": [], "links": {}}

test_nothing_said if {
	answer := default_security_group.deny with input as {"resources": {"aws_vpc": [vpc]}}
	[one.severity | some one in answer] == ["low"]
}

test_emptied if {
	answer := default_security_group.deny with input as {"resources": {"aws_vpc": [vpc], "aws_default_security_group": [{
		"address": "g",
		"values": {},
		"unknown": ["vpc_id"],
		"links": {"vpc_id": ["v"]},
	}]}}
	answer == set()
}
