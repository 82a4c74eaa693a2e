package wayleave.aws.eks.version_test

import data.wayleave.aws.eks.version

found(number) := answer if {
	answer := version.deny with input as {"resources": {"aws_eks_cluster": [{"address": "c", "values": {"version": number}}]}}
}

test_old if count(found("1.21")) == 1

test_new if found("1.33") == set()

test_unknown if found(null) == set()
