package wayleave.aws.acm.wildcard_test

import data.wayleave.aws.acm.wildcard

found(values) := answer if {
	answer := wildcard.deny with input as {"resources": {"aws_acm_certificate": [{"address": "c", "values": values}]}}
}

test_wildcard if count(found({"domain_name": "*.example.com"})) == 1

test_alternative if count(found({"domain_name": "example.com", "subject_alternative_names": [null, "*.example.com"]})) == 1

test_host if found({"domain_name": "app.example.com"}) == set()
