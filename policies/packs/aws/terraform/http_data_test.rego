package wayleave.aws.terraform.http_data_test

import data.wayleave.aws.terraform.http_data

found(values) := answer if {
	answer := http_data.deny with input as {"data": {"http": [{"address": "data.http.d", "values": values}]}}
}

test_url if {
	some finding in found({"url": "https://example.com/ip"})
	finding.message == "planning asks https://example.com/ip"
}

test_unknown_url if count(found({})) == 1

test_none if http_data.deny == set() with input as {"data": {}}
