package wayleave.aws.ec2.user_data_secrets_test

import data.wayleave.aws.ec2.user_data_secrets

found(text) := answer if {
	answer := user_data_secrets.deny with input as {"resources": {"aws_instance": [{"address": "i", "values": {"user_data": text}}]}}
}

test_key if count(found("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")) == 1

test_encoded if count(found(base64.encode("-----BEGIN RSA PRIVATE KEY-----"))) == 1

test_password if count(found("DB_PASSWORD=hunter22")) == 1

test_from_elsewhere if found("DB_PASSWORD=$(aws ssm get-parameter --name db)") == set()

test_harmless if found("#!/bin/sh") == set()

test_unknown if found(null) == set()
