package wayleave.aws.ec2.hop_limit_test

import data.wayleave.aws.ec2.hop_limit

found(limit) := answer if {
	answer := hop_limit.deny with input as {"resources": {"aws_launch_template": [{
		"address": "t",
		"values": {"metadata_options": [{"http_put_response_hop_limit": limit}]},
		"unknown": [],
	}]}}
}

test_far if count(found(2)) == 1

test_near if found(1) == set()

test_unknown if found(null) == set()
