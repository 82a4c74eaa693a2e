package wayleave.aws.ssm.session_encryption_test

import data.wayleave.aws.ssm.session_encryption

found(inputs) := answer if {
	answer := session_encryption.deny with input as {"resources": {"aws_ssm_document": [{
		"address": "d",
		"values": {"document_type": "Session", "content": json.marshal({"inputs": inputs})},
	}]}}
}

test_none if count(found({})) == 1

test_key if found({"kmsKeyId": "k"}) == set()

test_unknown if {
	answer := session_encryption.deny with input as {"resources": {"aws_ssm_document": [{"address": "d", "values": {"document_type": "Session"}}]}}
	answer == set()
}
