package wayleave.aws.terraform.module_source_test

import data.wayleave.aws.terraform.module_source

found(source) := answer if {
	answer := module_source.deny with input as {"modules": [{"address": "module.m", "source": source}]}
}

test_unknown_places if {
	every source in ["someone/vpc/aws", "git::https://example.com/vpc.git?ref=v1", "github.com/someone/vpc", "https://example.com/vpc.zip"] {
		count(found(source)) == 1
	}
}

test_known_places if {
	every source in ["terraform-aws-modules/vpc/aws", "registry.terraform.io/terraform-aws-modules/vpc/aws", "terraform-aws-modules/iam/aws//modules/iam-role"] {
		found(source) == set()
	}
}

test_directories if {
	every source in ["./modules/vpc", "../vpc"] {
		found(source) == set()
	}
}

test_parameter if {
	module_source.deny == set() with input as {"modules": [{"address": "module.m", "source": "git::ssh://git@git.example.com/infra/vpc.git?ref=v1"}]}
		with data.parameters as {"WL-TF-005": {"allowed": ["*git.example.com/infra/*"]}}
}
