package wayleave.aws.ssm.public_document_test

import data.wayleave.aws.ssm.public_document

found(accounts) := answer if {
	answer := public_document.deny with input as {"resources": {"aws_ssm_document": [{"address": "d", "values": {"permissions": {"account_ids": accounts}}}]}}
}

test_all if count(found("All")) == 1

test_accounts if found("222222222222,333333333333") == set()

test_unknown if found(null) == set()
