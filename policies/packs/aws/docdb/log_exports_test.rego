package wayleave.aws.docdb.log_exports_test

import data.wayleave.aws.docdb.log_exports

found(values, unknown) := answer if {
	answer := log_exports.deny with input as {"resources": {"aws_docdb_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enabled_cloudwatch_logs_exports"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enabled_cloudwatch_logs_exports": ""}, [])) == 1

test_good if found({"enabled_cloudwatch_logs_exports": "x"}, []) == set()

test_unknown if found({}, ["enabled_cloudwatch_logs_exports"]) == set()

test_left_out if count(found({}, [])) == 1
