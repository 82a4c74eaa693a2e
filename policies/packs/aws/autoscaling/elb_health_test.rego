package wayleave.aws.autoscaling.elb_health_test

import data.wayleave.aws.autoscaling.elb_health

found(values, unknown) := answer if {
	answer := elb_health.deny with input as {"resources": {"aws_autoscaling_group": [{
		"address": "g",
		"values": values,
		"unknown": unknown,
		"written": ["target_group_arns", "health_check_type"],
	}]}}
}

test_left_out if count(found({"target_group_arns": ["t"]}, [])) == 1

test_unknown_groups if count(found({}, ["target_group_arns"])) == 1

test_believed if found({"target_group_arns": ["t"], "health_check_type": "ELB"}, []) == set()

test_unknown if found({"target_group_arns": ["t"]}, ["health_check_type"]) == set()
