package wayleave.aws.vpc.flow_logs_test

import data.wayleave.aws.vpc.flow_logs

vpc := {"address": "v", "values": {"cidr_block": "10.0.0.0/16"}, "unknown": ["id"], "written": ["cidr_block"], "links": {}}

found(logs) := answer if {
	answer := flow_logs.deny with input as {"resources": {"aws_vpc": [vpc], "aws_flow_log": logs}}
}

test_none if count(found([])) == 1

test_logged if found([{"address": "f", "values": {}, "unknown": ["vpc_id"], "links": {"vpc_id": ["v"]}}]) == set()

test_of_another if count(found([{"address": "f", "values": {}, "unknown": ["vpc_id"], "links": {"vpc_id": ["w"]}}])) == 1

test_unknown if found([{"address": "f", "values": {}, "unknown": ["vpc_id"], "links": {}}]) == set()
