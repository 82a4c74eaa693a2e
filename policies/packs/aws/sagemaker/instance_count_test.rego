package wayleave.aws.sagemaker.instance_count_test

import data.wayleave.aws.sagemaker.instance_count

found(values, unknown) := answer if {
	answer := instance_count.deny with input as {"resources": {"aws_sagemaker_endpoint_configuration": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["production_variants"],
		"links": {},
		"documents": {},
	}]}}
}
test_one if count(found({"production_variants": [{"initial_instance_count": 1}]}, [])) == 1

test_two if found({"production_variants": [{"initial_instance_count": 2}]}, []) == set()

test_serverless if found({"production_variants": [{}]}, []) == set()

test_unknown if found({"production_variants": [{}]}, ["production_variants.0.initial_instance_count"]) == set()
