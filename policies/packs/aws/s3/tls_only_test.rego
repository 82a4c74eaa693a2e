package wayleave.aws.s3.tls_only_test

import data.wayleave.aws.s3.tls_only

bucket := {"address": "b", "values": {}, "unknown": [], "written": [], "links": {}, "documents": {}}

policy(documents, unknown) := {
	"address": "p",
	"values": {},
	"unknown": array.concat(["bucket"], unknown),
	"written": ["bucket", "policy"],
	"links": {"bucket": ["b"]},
	"documents": documents,
}

found(policies) := answer if {
	answer := tls_only.deny with input as {"resources": {"aws_s3_bucket": [bucket], "aws_s3_bucket_policy": policies}}
}

deny_if(conditions) := {"policy": {"statements": [{"effect": "Deny", "conditions": conditions}]}}

test_no_policy if count(found([])) == 1

test_refused if found([policy(deny_if({"Bool": {"aws:SecureTransport": [false]}}), [])]) == set()

test_old_versions_refused if found([policy(deny_if({"NumericLessThan": {"s3:TlsVersion": "1.2"}}), [])]) == set()

test_other_condition if count(found([policy(deny_if({"StringEquals": {"aws:username": "x"}}), [])])) == 1

test_unknown_policy if found([policy({}, ["policy"])]) == set()

test_unknown_condition if found([policy(deny_if({"unknown": {}}), [])]) == set()
