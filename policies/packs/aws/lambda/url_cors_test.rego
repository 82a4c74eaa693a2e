package wayleave.aws.lambda.url_cors_test

import data.wayleave.aws.lambda.url_cors

found(cors) := answer if {
	answer := url_cors.deny with input as {"resources": {"aws_lambda_function_url": [{"address": "u", "values": {"cors": [cors]}}]}}
}

test_every_origin if count(found({"allow_credentials": true, "allow_origins": ["*"]})) == 1

test_without_credentials if found({"allow_origins": ["*"]}) == set()

test_unknown_origin if found({"allow_credentials": true, "allow_origins": [null]}) == set()
