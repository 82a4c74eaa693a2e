package wayleave.aws.efs.access_point_user_test

import data.wayleave.aws.efs.access_point_user

found(values, unknown) := answer if {
	answer := access_point_user.deny with input as {"resources": {"aws_efs_access_point": [{
		"address": "a",
		"values": values,
		"unknown": unknown,
		"written": ["posix_user"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_set if found({"posix_user": [{"uid": 1, "gid": 1}]}, []) == set()

test_unknown if found({}, ["posix_user"]) == set()
