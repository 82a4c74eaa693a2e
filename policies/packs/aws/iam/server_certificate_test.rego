package wayleave.aws.iam.server_certificate_test

import data.wayleave.aws.iam.server_certificate

found(resources) := answer if {
	answer := server_certificate.deny with input as {"resources": resources}
}

test_certificate if count(found({"aws_iam_server_certificate": [{"address": "c", "values": {}}]})) == 1

test_acm if found({"aws_acm_certificate": [{"address": "c", "values": {}}]}) == set()
