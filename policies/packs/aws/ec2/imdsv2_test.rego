package wayleave.aws.ec2.imdsv2_test

import data.wayleave.aws.ec2.imdsv2

found(values, unknown) := answer if {
	answer := imdsv2.deny with input as {"resources": {"aws_instance": [{
		"address": "i",
		"values": values,
		"unknown": unknown,
		"written": ["metadata_options", "launch_template"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_optional if count(found({"metadata_options": [{"http_tokens": "optional"}]}, [])) == 1

test_required if found({"metadata_options": [{"http_tokens": "required"}]}, []) == set()

test_turned_off if found({"metadata_options": [{"http_endpoint": "disabled"}]}, []) == set()

test_unknown if found({"metadata_options": [{}]}, ["metadata_options.0.http_tokens"]) == set()

test_from_a_template if found({"launch_template": [{"id": "lt-1"}]}, []) == set()
