package wayleave.aws.eks.public_endpoint_test

import data.wayleave.aws.eks.public_endpoint

found(config, unknown) := answer if {
	answer := public_endpoint.deny with input as {"resources": {"aws_eks_cluster": [{
		"address": "c",
		"values": {"vpc_config": [config]},
		"unknown": unknown,
		"written": ["vpc_config"],
	}]}}
}

test_default if count(found({}, [])) == 1

test_private if found({"endpoint_public_access": false}, []) == set()

test_some if [one.severity | some one in found({"public_access_cidrs": ["203.0.113.0/24"]}, [])] == ["low"]

test_unknown if found({}, ["vpc_config.0.endpoint_public_access"]) == set()

test_unknown_addresses if found({"endpoint_public_access": true}, ["vpc_config.0.public_access_cidrs"]) == set()
