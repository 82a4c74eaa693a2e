package wayleave.aws.s3.website_test

import data.wayleave.aws.s3.website

found(values) := answer if {
	answer := website.deny with input as {"resources": {"aws_s3_bucket": [{"address": "b", "values": values}]}}
}

test_inline if count(found({"website": [{"index_document": "index.html"}]})) == 1

test_redirect if found({"website": [{"redirect_all_requests_to": "https://example.com"}]}) == set()

test_none if found({"website": []}) == set()
