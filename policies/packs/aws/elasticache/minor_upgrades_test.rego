package wayleave.aws.elasticache.minor_upgrades_test

import data.wayleave.aws.elasticache.minor_upgrades

found(values, unknown) := answer if {
	answer := minor_upgrades.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["auto_minor_version_upgrade"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"auto_minor_version_upgrade": false}, [])) == 1

test_good if found({"auto_minor_version_upgrade": true}, []) == set()

test_unknown if found({}, ["auto_minor_version_upgrade"]) == set()

test_left_out if found({}, []) == set()
