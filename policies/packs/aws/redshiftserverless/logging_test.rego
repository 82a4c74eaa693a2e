package wayleave.aws.redshiftserverless.logging_test

import data.wayleave.aws.redshiftserverless.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_redshiftserverless_namespace": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["log_exports"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_one if count(found({"log_exports": ["userlog"]}, [])) == 1

test_good if found({"log_exports": ["userlog", "connectionlog"]}, []) == set()

test_unknown if found({}, ["log_exports"]) == set()
