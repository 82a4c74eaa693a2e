package wayleave.aws.vpc.default_vpc_test

import data.wayleave.aws.vpc.default_vpc

found(values) := answer if {
	answer := default_vpc.deny with input as {"resources": {"aws_default_vpc": [{"address": "v", "values": values}]}}
}

test_used if count(found({})) == 1

test_only_to_be_deleted if found({"force_destroy": true}) == set()
