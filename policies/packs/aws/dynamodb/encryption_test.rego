package wayleave.aws.dynamodb.encryption_test

import data.wayleave.aws.dynamodb.encryption

found(blocks) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_dynamodb_table": [{
		"address": "t",
		"values": {"server_side_encryption": blocks},
	}]}}
}

test_off if count(found([{"enabled": false}])) == 1

test_on if found([{"enabled": true}]) == set()

test_default if found([]) == set()
