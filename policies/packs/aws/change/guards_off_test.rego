package wayleave.aws.change.guards_off_test

import data.wayleave.aws.change.guards_off

found(kind, actions, before, after) := answer if {
	answer := guards_off.deny with input as {"changes": {kind: [{"address": "g", "actions": actions, "before": before, "after": after, "unknown": []}]}}
}

test_deleted if {
	some finding in found("aws_guardduty_detector", ["delete"], {}, null)
	finding.severity == "high"
}

test_replaced if found("aws_guardduty_detector", ["delete", "create"], {"enable": true}, {"enable": true}) == set()

test_off if count(found("aws_guardduty_detector", ["update"], {"enable": true}, {"enable": false})) == 1

test_left_out if count(found("aws_instance", ["update"], {"metadata_options": [{"http_tokens": "required"}]}, {"metadata_options": [{"http_tokens": "optional"}]})) == 1

test_on if found("aws_guardduty_detector", ["update"], {"enable": false}, {"enable": true}) == set()

test_forgotten if found("aws_guardduty_detector", ["forget"], {}, null) == set()
