package wayleave.aws.fsx.backup_tags_test

import data.wayleave.aws.fsx.backup_tags

found(values, unknown) := answer if {
	answer := backup_tags.deny with input as {"resources": {"aws_fsx_windows_file_system": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["copy_tags_to_backups"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"copy_tags_to_backups": false}, [])) == 1

test_good if found({"copy_tags_to_backups": true}, []) == set()

test_unknown if found({}, ["copy_tags_to_backups"]) == set()

test_left_out if count(found({}, [])) == 1
