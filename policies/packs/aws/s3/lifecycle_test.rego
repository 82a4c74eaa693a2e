package wayleave.aws.s3.lifecycle_test

import data.wayleave.aws.s3.lifecycle

bucket(values, unknown) := {"address": "b", "values": values, "unknown": unknown, "written": ["lifecycle_rule"], "links": {}}

found(values, unknown) := answer if {
	answer := lifecycle.deny with input as {"resources": {"aws_s3_bucket": [bucket(values, unknown)]}}
}

test_none if count(found({}, [])) == 1

test_inline if found({"lifecycle_rule": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["lifecycle_rule"]) == set()
