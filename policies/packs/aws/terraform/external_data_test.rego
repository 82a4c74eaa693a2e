package wayleave.aws.terraform.external_data_test

import data.wayleave.aws.terraform.external_data

found(values) := answer if {
	answer := external_data.deny with input as {"data": {"external": [{"address": "data.external.d", "values": values}]}}
}

test_program if {
	some finding in found({"program": ["sh", "-c", "id"]})
	finding.message == "planning runs sh -c id"
}

test_unknown_program if count(found({})) == 1

test_none if external_data.deny == set() with input as {"data": {}, "resources": {}}
