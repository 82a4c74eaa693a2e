package wayleave.aws.rds.transport_encryption_test

import data.wayleave.aws.rds.transport_encryption

found(family, parameters) := answer if {
	answer := transport_encryption.deny with input as {"resources": {"aws_db_parameter_group": [{
		"address": "g",
		"values": {"family": family, "parameter": parameters},
		"unknown": [],
		"written": ["family", "parameter"],
	}]}}
}

test_new_default if found("postgres16", []) == set()

test_old_default if count(found("postgres14", [])) == 1

test_off if count(found("postgres16", [{"name": "rds.force_ssl", "value": "0"}])) == 1

test_mysql if count(found("mysql8.0", [])) == 1

test_mysql_on if found("mysql8.0", [{"name": "require_secure_transport", "value": "1"}]) == set()

test_another_engine if found("oracle-ee-19", []) == set()
