package wayleave.aws.acm.key_length_test

import data.wayleave.aws.acm.key_length

found(values) := answer if {
	answer := key_length.deny with input as {"resources": {"aws_acm_certificate": [{"address": "c", "values": values}]}}
}

test_short if count(found({"key_algorithm": "RSA_1024"})) == 1

test_long if found({"key_algorithm": "EC_prime256v1"}) == set()

test_left_out if found({}) == set()
