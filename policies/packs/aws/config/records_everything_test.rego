package wayleave.aws.config.records_everything_test

import data.wayleave.aws.config.records_everything

found(group, unknown) := answer if {
	answer := records_everything.deny with input as {"resources": {"aws_config_configuration_recorder": [{
		"address": "r",
		"values": {"recording_group": [group]},
		"unknown": unknown,
		"written": ["recording_group"],
	}]}}
}

test_some if count(found({"all_supported": false}, [])) == 1

test_not_global if count(found({"all_supported": true}, [])) == 1

test_all if found({"all_supported": true, "include_global_resource_types": true}, []) == set()

test_unknown if found({}, ["recording_group.0.all_supported", "recording_group.0.include_global_resource_types"]) == set()
