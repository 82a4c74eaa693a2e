package wayleave.aws.redshift.multi_az_test

import data.wayleave.aws.redshift.multi_az

found(values, unknown) := answer if {
	answer := multi_az.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["multi_az", "node_type"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"node_type": "ra3.large"}, [])) == 1

test_older if found({"node_type": "dc2.large"}, []) == set()

test_good if found({"node_type": "ra3.large", "multi_az": true}, []) == set()

test_unknown if found({"node_type": "ra3.large"}, ["multi_az"]) == set()
