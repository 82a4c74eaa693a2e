package wayleave.aws.cloudformation.auto_expand_test

import data.wayleave.aws.cloudformation.auto_expand

found(capabilities) := answer if {
	answer := auto_expand.deny with input as {"resources": {"aws_cloudformation_stack_set": [{"address": "s", "values": {"capabilities": capabilities}}]}}
}

test_on if count(found(["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"])) == 1

test_off if found(["CAPABILITY_IAM", null]) == set()
