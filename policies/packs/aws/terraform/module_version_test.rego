package wayleave.aws.terraform.module_version_test

import data.wayleave.aws.terraform.module_version

found(call) := answer if {
	answer := module_version.deny with input as {"modules": [object.union({"address": "module.m"}, call)]}
}

test_registry if {
	count(found({"source": "a/b/c"})) == 1
	found({"source": "a/b/c", "version": "1.0.0"}) == set()
	found({"source": "a/b/c", "version": "~> 1.0"}) == set()
	found({"source": "a/b/c", "version": ">= 1.0, < 2.0"}) == set()
}

test_without_bound if {
	some finding in found({"source": "a/b/c", "version": ">= 1.0"})
	finding.severity == "low"
}

test_git if {
	count(found({"source": "git::https://x/y.git"})) == 1
	count(found({"source": "git::https://x/y.git?ref=main"})) == 1
	found({"source": "git::https://x/y.git?ref=v1.2.3"}) == set()
}

test_directory if found({"source": "./m"}) == set()
