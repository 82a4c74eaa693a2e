package wayleave.aws.kms.policy_defined_test

import data.wayleave.aws.kms.policy_defined

found(resources) := answer if {
	answer := policy_defined.deny with input as {"resources": resources}
}

key(values, unknown) := {"address": "k", "values": values, "unknown": unknown, "documents": {}, "links": {}}

test_missing if count(found({"aws_kms_key": [key({}, [])]})) == 1

test_written if found({"aws_kms_key": [key({"policy": "{}"}, [])]}) == set()

test_unknown if found({"aws_kms_key": [key({}, ["policy"])]}) == set()

test_attached if {
	policy := {"address": "p", "values": {}, "unknown": ["key_id"], "links": {"key_id": ["k"]}}
	found({"aws_kms_key": [key({}, [])], "aws_kms_key_policy": [policy]}) == set()
}
