package wayleave.aws.route53.query_logs_test

import data.wayleave.aws.route53.query_logs

zone(values) := {"address": "z", "values": values, "unknown": [], "written": ["vpc"], "links": {}}

found(values, logs) := answer if {
	answer := query_logs.deny with input as {"resources": {"aws_route53_zone": [zone(values)], "aws_route53_query_log": logs}}
}

test_none if count(found({}, [])) == 1

test_private if found({"vpc": [{"vpc_id": "v"}]}, []) == set()

test_logged if found({}, [{"address": "l", "values": {}, "unknown": ["zone_id"], "links": {"zone_id": ["z"]}}]) == set()
