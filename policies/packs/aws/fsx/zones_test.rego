package wayleave.aws.fsx.zones_test

import data.wayleave.aws.fsx.zones

found(values, unknown) := answer if {
	answer := zones.deny with input as {"resources": {"aws_fsx_windows_file_system": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["deployment_type"],
		"links": {},
		"documents": {},
	}]}}
}
test_one if count(found({"deployment_type": "SINGLE_AZ_2"}, [])) == 1

test_left_out if count(found({}, [])) == 1

test_good if found({"deployment_type": "MULTI_AZ_1"}, []) == set()

test_unknown if found({}, ["deployment_type"]) == set()
