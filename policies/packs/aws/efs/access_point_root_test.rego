package wayleave.aws.efs.access_point_root_test

import data.wayleave.aws.efs.access_point_root

found(values, unknown) := answer if {
	answer := access_point_root.deny with input as {"resources": {"aws_efs_access_point": [{
		"address": "a",
		"values": values,
		"unknown": unknown,
		"written": ["root_directory"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_root if count(found({"root_directory": [{"path": "/"}]}, [])) == 1

test_unknown if found({"root_directory": [{}]}, ["root_directory.0.path"]) == set()
