package wayleave.aws.apigateway.http_cors_test

import data.wayleave.aws.apigateway.http_cors

found(origins) := answer if {
	answer := http_cors.deny with input as {"resources": {"aws_apigatewayv2_api": [{"address": "a", "values": {"cors_configuration": [{"allow_origins": origins}]}}]}}
}

test_every_origin if count(found(["*"])) == 1

test_beside_the_unknown if count(found([null, "https://*"])) == 1

test_known if found(["https://app.example.com"]) == set()
