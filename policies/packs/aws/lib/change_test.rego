package wayleave.lib.change_test

import data.wayleave.lib.change

change_of(before, after, unknown) := {"address": "a", "actions": ["update"], "before": before, "after": after, "unknown": unknown}

test_turned_off if {
	change.turned_off(change_of({"a": true}, {"a": false}, []), "a")
	change.turned_off(change_of({"a": [{"b": true}]}, {"a": []}, []), "a.0.b")
	not change.turned_off(change_of({"a": true}, {}, ["a"]), "a")
	not change.turned_off(change_of({"a": false}, {"a": false}, []), "a")
	not change.turned_off(change_of({}, {"a": false}, []), "a")
}

test_turned_on if {
	change.turned_on(change_of({}, {"a": true}, []), "a")
	change.turned_on(change_of({"a": false}, {"a": true}, []), "a")
	not change.turned_on(change_of({"a": true}, {"a": true}, []), "a")
	not change.turned_on(change_of({}, {}, ["a"]), "a")
}

test_removed if {
	change.removed(change_of({"a": "x"}, {"a": ""}, []), "a")
	change.removed(change_of({"a": [{"b": 1}]}, {}, []), "a")
	not change.removed(change_of({"a": "x"}, {}, ["a"]), "a")
	not change.removed(change_of({"a": "x"}, {"a": "y"}, []), "a")
}

test_left if {
	change.left(change_of({"a": "Enabled"}, {"a": "Suspended"}, []), "a", {"Enabled"})
	change.left(change_of({"a": "Enabled"}, {}, []), "a", {"Enabled"})
	not change.left(change_of({"a": "Enabled"}, {}, ["a"]), "a", {"Enabled"})
	not change.left(change_of({"a": "Suspended"}, {}, []), "a", {"Enabled"})
}

test_reduced if {
	change.reduced(change_of({"a": 7}, {"a": 1}, []), "a")
	change.reduced(change_of({"a": "7"}, {}, []), "a")
	not change.reduced(change_of({"a": 7}, {}, ["a"]), "a")
	not change.reduced(change_of({"a": 7}, {"a": 30}, []), "a")
}

deletion := {"actions": ["delete"], "before": {"bucket": "b"}}

test_goes_with if {
	change.goes_with(deletion, "aws_s3_bucket", "bucket") with input as {"changes": {"aws_s3_bucket": [{"actions": ["delete"], "before": {"id": "b"}}]}}
	not change.goes_with(deletion, "aws_s3_bucket", "bucket") with input as {"changes": {"aws_s3_bucket": [{"actions": ["delete"], "before": {"id": "c"}}]}}
	not change.goes_with(deletion, "aws_s3_bucket", "bucket") with input as {"changes": {}}
}

test_added if {
	change.added(change_of({"a": ["x"]}, {"a": ["x", "y"]}, []), "a") == {"y"}
	change.added(change_of({}, {"a": ["y"]}, []), "a") == {"y"}
}

test_kinds if {
	changes := {"t": [change_of({}, {}, []), object.union(deletion, {"after": null})]}
	count(change.altered(["t"])) == 1 with input as {"changes": changes}
	count(change.deleted(["t"])) == 1 with input as {"changes": changes}
	change.altered(["t"]) == [] with input as {"changes": {}}
}

document(actions) := {"policy": {"statements": [{"effect": "Allow", "actions": actions, "resources": ["*"], "conditions": {}}]}}

with_documents(before, after) := object.union(change_of({}, {}, []), {"before_documents": before, "after_documents": after})

test_widened if {
	change.widened(with_documents(document(["s3:Get*"]), document(["s3:GetObject", "s3:PutObject"]))) == {["the holder", "s3:putobject", "*", "{}"]}
	change.widened(with_documents(document(["*"]), document(["s3:GetObject"]))) == set()
	change.widened(with_documents({}, document(["s3:GetObject"]))) == {["the holder", "s3:getobject", "*", "{}"]}
}
