package wayleave.aws.lambda.permission_missing_test

import data.wayleave.aws.lambda.permission_missing

function := {"address": "f", "values": {"function_name": "orders"}, "unknown": [], "links": {}}

found(permissions) := answer if {
	answer := permission_missing.deny with input as {"resources": {"aws_lambda_function": [function], "aws_lambda_permission": permissions}}
}

test_none if count(found([])) == 1

test_by_name if found([{"address": "p", "values": {"function_name": "orders"}, "unknown": [], "links": {}}]) == set()

test_linked if found([{"address": "p", "values": {}, "unknown": ["function_name"], "links": {"function_name": ["f"]}}]) == set()

test_unknown if found([{"address": "p", "values": {}, "unknown": ["function_name"], "links": {}}]) == set()

test_of_another if count(found([{"address": "p", "values": {"function_name": "web"}, "unknown": [], "links": {}}])) == 1
