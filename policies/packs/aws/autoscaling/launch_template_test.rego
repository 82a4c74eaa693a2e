package wayleave.aws.autoscaling.launch_template_test

import data.wayleave.aws.autoscaling.launch_template

found(values, unknown) := answer if {
	answer := launch_template.deny with input as {"resources": {"aws_autoscaling_group": [{
		"address": "g",
		"values": values,
		"unknown": unknown,
		"written": ["launch_configuration"],
	}]}}
}

test_named if count(found({"launch_configuration": "app"}, [])) == 1

test_template if found({"launch_template": [{"id": "lt-1"}]}, []) == set()
