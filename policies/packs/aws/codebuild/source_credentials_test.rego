package wayleave.aws.codebuild.source_credentials_test

import data.wayleave.aws.codebuild.source_credentials

found(values, unknown) := answer if {
	answer := source_credentials.deny with input as {"resources": {"aws_codebuild_project": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["source"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"source": [{"location": "https://me:secret@bitbucket.org/acme/shop.git"}]}, [])) == 1

test_second if count(found({"secondary_sources": [{"location": "https://me:secret@bitbucket.org/acme/shop.git"}]}, [])) == 1

test_good if found({"source": [{"location": "https://bitbucket.org/acme/shop.git"}]}, []) == set()

test_name_alone if found({"source": [{"location": "https://me@bitbucket.org/acme/shop.git"}]}, []) == set()

test_unknown if found({"source": [{}]}, ["source.0.location"]) == set()
