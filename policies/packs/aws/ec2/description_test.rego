package wayleave.aws.ec2.description_test

import data.wayleave.aws.ec2.description

found(kind, values, unknown) := answer if {
	answer := description.deny with input as {"resources": {kind: [{"address": "g", "values": values, "unknown": unknown}]}}
}

test_group if {
	found("aws_security_group", {"description": "The application"}, []) == set()
	count(found("aws_security_group", {"description": "Managed by Terraform"}, [])) == 1
	count(found("aws_security_group", {}, [])) == 1
	found("aws_security_group", {}, ["description"]) == set()
}

test_rule if {
	count(found("aws_security_group_rule", {}, [])) == 1
	found("aws_security_group_rule", {"description": "x"}, []) == set()
}

test_inline if {
	count(found("aws_security_group", {"description": "x", "ingress": [{"protocol": "tcp"}]}, [])) == 1
	found("aws_security_group", {"description": "x", "ingress": [{"description": "x"}]}, []) == set()
	found("aws_security_group", {"description": "x", "ingress": [{}]}, ["ingress.0.description"]) == set()
}
