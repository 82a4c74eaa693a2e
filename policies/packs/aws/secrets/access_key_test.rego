package wayleave.aws.secrets.access_key_test

import data.wayleave.aws.secrets.access_key

found(values) := answer if {
	answer := access_key.deny with input as {
		"resources": {"aws_instance": [{"address": "i", "values": values}]},
		"attributes": {name: ["aws_instance"] | some name in object.keys(values)},
	}
}

test_access_key if {
	some finding in found({"user_data": "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"})
	finding.message == "an access key is written in user_data"
}

test_secret_key if count(found({"user_data": "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"})) == 1

test_private_key if count(found({"user_data": "-----BEGIN RSA PRIVATE KEY-----"})) == 1

test_encoded if count(found({"user_data_base64": base64.encode("x AKIAIOSFODNN7EXAMPLE")})) == 1

test_variables if count(found({"environment": [{"variables": {"A": "AKIAIOSFODNN7EXAMPLE"}}]})) == 1

test_named_variable if count(found({"environment": [{"variables": {"AWS_SECRET_ACCESS_KEY": "x"}}]})) == 1

test_innocent if {
	every text in ["#!/bin/sh\nyum update", "TAKIAIOSFODNN7EXAMPLEX", "aws s3 cp s3://bucket/key ."] {
		found({"user_data": text}) == set()
	}
}

test_unknown if found({}) == set()
