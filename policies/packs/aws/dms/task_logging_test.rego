package wayleave.aws.dms.task_logging_test

import data.wayleave.aws.dms.task_logging

found(values, unknown) := answer if {
	answer := task_logging.deny with input as {"resources": {"aws_dms_replication_task": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["replication_task_settings"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_off if count(found({"replication_task_settings": `{"Logging": {"EnableLogging": false}}`}, [])) == 1

test_on if found({"replication_task_settings": `{"Logging": {"EnableLogging": true}}`}, []) == set()

test_unknown if found({}, ["replication_task_settings"]) == set()
