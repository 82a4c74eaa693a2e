package wayleave.aws.ec2.default_group_test

import data.wayleave.aws.ec2.default_group

network := {"address": "v", "values": {}, "unknown": [], "links": {}}

group(values) := {"address": "g", "values": values, "unknown": ["vpc_id"], "links": {"vpc_id": ["v"]}}

found(resources) := answer if {
	answer := default_group.deny with input as {"resources": resources}
}

test_rules if count(found({"aws_default_security_group": [group({"ingress": [{"protocol": "-1"}]})]})) == 1

test_empty if found({"aws_vpc": [network], "aws_default_security_group": [group({})]}) == set()

test_left_as_it_is if {
	some finding in found({"aws_vpc": [network]})
	finding.severity == "low"
}

test_perhaps_taken_over if found({"aws_vpc": [network], "aws_default_security_group": [object.union(group({}), {"links": {}})]}) == {finding |
	some finding in found({"aws_vpc": [network], "aws_default_security_group": [group({})]})
}
