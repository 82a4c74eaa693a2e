package wayleave.aws.elasticache.subnet_group_test

import data.wayleave.aws.elasticache.subnet_group

found(values, unknown) := answer if {
	answer := subnet_group.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["subnet_group_name", "global_replication_group_id"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_default if count(found({"subnet_group_name": "default"}, [])) == 1

test_good if found({"subnet_group_name": "cart"}, []) == set()

test_member if found({"global_replication_group_id": "x"}, []) == set()

test_unknown if found({}, ["subnet_group_name"]) == set()
