package wayleave.aws.eks.secrets_encryption_test

import data.wayleave.aws.eks.secrets_encryption

found(values, unknown) := answer if {
	answer := secrets_encryption.deny with input as {"resources": {"aws_eks_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_config": ""}, [])) == 1

test_good if found({"encryption_config": "x"}, []) == set()

test_unknown if found({}, ["encryption_config"]) == set()

test_left_out if count(found({}, [])) == 1
