package wayleave.aws.ecr.scan_on_push_test

import data.wayleave.aws.ecr.scan_on_push

found(values, unknown, registry) := answer if {
	answer := scan_on_push.deny with input as {"resources": {
		"aws_ecr_repository": [{"address": "r", "values": values, "unknown": unknown, "written": ["image_scanning_configuration"]}],
		"aws_ecr_registry_scanning_configuration": registry,
	}}
}

test_left_out if count(found({}, [], [])) == 1

test_off if count(found({"image_scanning_configuration": [{"scan_on_push": false}]}, [], [])) == 1

test_unknown if found({}, ["image_scanning_configuration.0.scan_on_push"], []) == set()

test_registry_scans if found({}, [], [{"address": "s"}]) == set()
