package wayleave.aws.secrets.literal_secret_test

import data.wayleave.aws.secrets.literal_secret

found(kind, values) := answer if {
	blocks := {name | some list in values; is_array(list); some item in list; some name in object.keys(item)}
	answer := literal_secret.deny with input as {
		"resources": {kind: [{"address": "r", "values": values}]},
		"attributes": {name: [kind] | some name in object.keys(values) | blocks},
	}
}

test_password if {
	every key in ["password", "master_password", "MasterUserPassword", "secret_string", "auth_token", "password_wo", "DB_PASSWORD"] {
		count(found("t", {key: "hunter2"})) == 1
	}
}

test_no_secret if {
	every key in ["password_policy", "minimum_password_length", "password_reset_required", "name", "secret_arn", "token_key_id"] {
		found("t", {key: "hunter2"}) == set()
	}
}

test_flag if found("t", {"manage_master_user_password": true}) == set()

test_kept_elsewhere if {
	every value in ["{{resolve:secretsmanager:x}}", "arn:aws:secretsmanager:x", "", null] {
		found("t", {"password": value}) == set()
	}
}

test_in_a_block if {
	some finding in found("aws_mq_broker", {"user": [{"username": "a", "password": "hunter2"}]})
	finding.message == "user.password is written in the code"
}

test_parameter if {
	count(found("aws_ssm_parameter", {"type": "SecureString", "value": "hunter2"})) == 1
	found("aws_ssm_parameter", {"type": "String", "value": "hunter2"}) == set()
}

test_unknown if found("aws_db_instance", {}) == set()
