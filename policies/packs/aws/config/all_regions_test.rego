package wayleave.aws.config.all_regions_test

import data.wayleave.aws.config.all_regions

found(source, unknown) := answer if {
	answer := all_regions.deny with input as {"resources": {"aws_config_configuration_aggregator": [{
		"address": "a",
		"values": {"organization_aggregation_source": [source]},
		"unknown": unknown,
		"written": ["organization_aggregation_source"],
	}]}}
}

test_some if count(found({"regions": ["eu-west-1"]}, [])) == 1

test_all if found({"all_regions": true}, []) == set()

test_unknown if found({}, ["organization_aggregation_source.0.all_regions"]) == set()
