package wayleave.aws.change.blast_radius_test

import data.wayleave.aws.change.blast_radius

unit(size, touched, actions) := {"t": [{"address": sprintf("t.r%d", [n]), "actions": doing(n, touched, actions), "before": {}} |
	some n in numbers.range(1, size)
]}

doing(n, touched, actions) := actions if n <= touched

doing(n, touched, _) := ["no-op"] if n > touched

found(size, touched, actions) := answer if {
	answer := blast_radius.deny with input as {"changes": unit(size, touched, actions)}
}

test_most if {
	some finding in found(20, 11, ["update"])
	finding.message == "the change touches 11 of 20 resources, more than 50 percent; this is the first"
	finding.address == "t.r1"
}

test_half if found(20, 10, ["update"]) == set()

test_deleted if {
	some finding in found(20, 6, ["delete", "create"])
	finding.severity == "high"
}

test_few_deleted if found(20, 5, ["delete"]) == set()

test_small_unit if found(9, 9, ["delete"]) == set()

test_new_resources_do_not_count if {
	created := {"t": [{"address": sprintf("t.r%d", [n]), "actions": ["create"], "before": null} | some n in numbers.range(1, 20)]}
	blast_radius.deny == set() with input as {"changes": created}
}

test_nothing if blast_radius.deny == set() with input as {"changes": {}}
