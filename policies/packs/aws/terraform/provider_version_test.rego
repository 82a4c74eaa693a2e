package wayleave.aws.terraform.provider_version_test

import data.wayleave.aws.terraform.provider_version

found(providers) := answer if {
	answer := provider_version.deny with input as {"providers": providers}
}

test_none if count(found([{"address": "provider.aws", "name": "aws", "source": "hashicorp/aws"}])) == 1

test_version if found([{"name": "aws", "source": "hashicorp/aws", "version": "~> 5.0"}]) == set()

test_version_said_elsewhere if found([{"name": "aws", "source": "hashicorp/aws"}, {"name": "aws", "source": "hashicorp/aws", "version": "~> 5.0"}]) == set()

test_builtin if found([{"name": "terraform", "source": "terraform.io/builtin/terraform"}]) == set()
