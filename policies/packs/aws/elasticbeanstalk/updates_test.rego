package wayleave.aws.elasticbeanstalk.updates_test

import data.wayleave.aws.elasticbeanstalk.updates

found(values, unknown) := answer if {
	answer := updates.deny with input as {"resources": {"aws_elastic_beanstalk_environment": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["setting", "template_name"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_good if found({"setting": [{"namespace": "aws:elasticbeanstalk:managedactions", "name": "ManagedActionsEnabled", "value": "true"}]}, []) == set()

test_other if count(found({"setting": [{"namespace": "aws:elasticbeanstalk:managedactions", "name": "ManagedActionsEnabled", "value": "no"}]}, [])) == 1

test_unknown if found({}, ["setting"]) == set()

test_value_unknown if found({"setting": [{"namespace": "aws:elasticbeanstalk:managedactions", "name": "ManagedActionsEnabled"}]}, ["setting.0.value"]) == set()

test_from_a_template if found({"template_name": "t"}, []) == set()
