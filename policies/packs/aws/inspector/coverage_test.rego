package wayleave.aws.inspector.coverage_test

import data.wayleave.aws.inspector.coverage

found(values, unknown) := answer if {
	answer := coverage.deny with input as {"resources": {"aws_inspector2_enabler": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["resource_types"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"resource_types": ["EC2"]}, [])) == 1

test_good if found({"resource_types": ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]}, []) == set()

test_unknown if found({}, ["resource_types"]) == set()
