package wayleave.aws.sqs.customer_key_test

import data.wayleave.aws.sqs.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_sqs_queue": [{
		"address": "q",
		"values": values,
		"unknown": unknown,
		"written": ["kms_master_key_id"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_of_aws if count(found({"kms_master_key_id": "alias/aws/sqs"}, [])) == 1

test_own if found({"kms_master_key_id": "alias/orders"}, []) == set()

test_unknown if found({}, ["kms_master_key_id"]) == set()
