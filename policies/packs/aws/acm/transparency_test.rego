package wayleave.aws.acm.transparency_test

import data.wayleave.aws.acm.transparency

found(values, unknown) := answer if {
	answer := transparency.deny with input as {"resources": {"aws_acm_certificate": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"options": [{"certificate_transparency_logging_preference": "DISABLED"}]}, [])) == 1

test_good if found({"options": [{"certificate_transparency_logging_preference": "x-good"}]}, []) == set()

test_unknown if found({}, ["options.0.certificate_transparency_logging_preference"]) == set()

test_left_out if found({}, []) == set()
