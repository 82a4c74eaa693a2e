package wayleave.aws.ec2.instance_role_test

import data.wayleave.aws.ec2.instance_role

found(values, unknown) := answer if {
	answer := instance_role.deny with input as {"resources": {"aws_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["iam_instance_profile"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"iam_instance_profile": ""}, [])) == 1

test_good if found({"iam_instance_profile": "x"}, []) == set()

test_unknown if found({}, ["iam_instance_profile"]) == set()

test_left_out if count(found({}, [])) == 1
