package wayleave.aws.ssm.session_logs_test

import data.wayleave.aws.ssm.session_logs

found(inputs) := answer if {
	answer := session_logs.deny with input as {"resources": {"aws_ssm_document": [{
		"address": "d",
		"values": {"document_type": "Session", "content": json.marshal({"inputs": inputs})},
	}]}}
}

test_none if count(found({})) == 1

test_plain if count(found({"s3BucketName": "b", "s3EncryptionEnabled": false})) == 1

test_group if found({"cloudWatchLogGroupName": "g", "cloudWatchEncryptionEnabled": true}) == set()
