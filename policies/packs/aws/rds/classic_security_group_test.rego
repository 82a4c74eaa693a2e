package wayleave.aws.rds.classic_security_group_test

import data.wayleave.aws.rds.classic_security_group

found(cidr) := answer if {
	answer := classic_security_group.deny with input as {"resources": {"aws_db_security_group": [{"address": "g", "values": {"ingress": [{"cidr": cidr}]}}]}}
}

test_world if count(found("0.0.0.0/0")) == 1

test_wide if count(found("52.0.0.0/8")) == 1

test_private if found("10.0.0.0/8") == set()

test_unknown if found(null) == set()
