package wayleave.aws.terraform.provider_source_test

import data.wayleave.aws.terraform.provider_source

found(source) := answer if {
	answer := provider_source.deny with input as {"providers": [{"address": "provider.p", "name": "p", "source": source}]}
}

test_known if found("hashicorp/aws") == set()

test_unknown if count(found("somebody/aws")) == 1

test_other_registry if count(found("registry.example.com/hashicorp/aws")) == 1

test_not_said if provider_source.deny == set() with input as {"providers": [{"name": "p"}]}
