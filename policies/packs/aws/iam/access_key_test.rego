package wayleave.aws.iam.access_key_test

import data.wayleave.aws.iam.access_key

found(resources) := answer if {
	answer := access_key.deny with input as {"resources": resources}
}

key(values) := found({"aws_iam_access_key": [{"address": "k", "values": values}]})

test_key if count(key({"user": "build"})) == 1

test_unknown_user if count(key({})) == 1

test_root if {
	some finding in key({"user": "root"})
	finding.severity == "high"
}

test_inactive if key({"user": "build", "status": "Inactive"}) == set()
