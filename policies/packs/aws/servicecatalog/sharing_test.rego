package wayleave.aws.servicecatalog.sharing_test

import data.wayleave.aws.servicecatalog.sharing

found(values, unknown) := answer if {
	answer := sharing.deny with input as {"resources": {"aws_servicecatalog_portfolio_share": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["type"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"type": "ACCOUNT"}, [])) == 1

test_good if found({"type": "ORGANIZATIONAL_UNIT"}, []) == set()

test_unknown if found({}, ["type"]) == set()

test_left_out if found({}, []) == set()
