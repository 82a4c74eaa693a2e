package wayleave.aws.s3.public_acl_test

import data.wayleave.aws.s3.public_acl

found(values) := answer if {
	answer := public_acl.deny with input as {"resources": {"aws_s3_bucket_acl": [{"address": "a", "values": values}]}}
}

test_canned if {
	every acl in ["public-read", "public-read-write", "authenticated-read"] {
		count(found({"acl": acl})) == 1
	}
}

test_private if found({"acl": "private"}) == set()

test_unknown if found({}) == set()

test_grant if {
	grant := {"permission": "READ", "grantee": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}]}
	count(found({"access_control_policy": [{"grant": [grant]}]})) == 1
}
