package wayleave.aws.route53.dnssec_test

import data.wayleave.aws.route53.dnssec

zone(values) := {"address": "z", "values": values, "unknown": [], "written": ["vpc"], "links": {}}

found(values, signings) := answer if {
	answer := dnssec.deny with input as {"resources": {"aws_route53_zone": [zone(values)], "aws_route53_hosted_zone_dnssec": signings}}
}

test_none if count(found({}, [])) == 1

test_private if found({"vpc": [{"vpc_id": "v"}]}, []) == set()

test_signed if found({}, [{"address": "l", "values": {}, "unknown": ["hosted_zone_id"], "links": {"hosted_zone_id": ["z"]}}]) == set()
