package wayleave.lib.resource_test

import data.wayleave.lib.resource

bucket := {
	"address": "b",
	"values": {
		"name": "x",
		"off": false,
		"word": "true",
		"days": "7",
		"empty": "",
		"versioning": [{"enabled": true, "mfa": false}],
		"single": {"a": 1},
		"none": [],
	},
	"unknown": ["kms", "lifecycle.0.days", "computed"],
	"links": {"kms": ["aws_kms_key.k"], "rule.0.key": ["aws_kms_key.l"]},
	"written": ["name", "kms", "lifecycle", "versioning"],
}

test_value if resource.value(bucket, "versioning.0.enabled") == true

test_value_that_is_false if resource.value(bucket, "off") == false

test_value_beyond_a_list if not resource.value(bucket, "versioning.1.enabled")

test_missing if {
	every path in ["other", "empty", "none", "versioning.0.other", "versioning.3.enabled"] {
		resource.is_missing(bucket, path)
	}
}

test_false_is_not_missing if not resource.is_missing(bucket, "off")

test_unknown_is_not_missing if {
	every path in ["kms", "lifecycle", "lifecycle.0.days", "kms.0.key"] {
		not resource.is_missing(bucket, path)
	}
}

test_left_out_is_missing_though_computed if resource.is_missing(bucket, "computed")

test_set if {
	resource.is_set(bucket, "name")
	resource.is_set(bucket, "kms")
	not resource.is_set(bucket, "off")
	not resource.is_set(bucket, "other")
}

test_off if {
	every path in ["off", "other", "versioning.0.mfa", "none.0.enabled"] {
		resource.is_off(bucket, path)
	}
	every path in ["word", "versioning.0.enabled", "kms", "lifecycle.0.days"] {
		not resource.is_off(bucket, path)
	}
}

test_default_that_is_true if {
	not resource.is_false_or_missing(bucket, "other", true)
	resource.is_false_or_missing(bucket, "off", true)
	resource.is_true_by_default(bucket, "other", true)
	resource.is_true_by_default(bucket, "word", false)
	not resource.is_true_by_default(bucket, "kms", true)
}

test_numbers if {
	resource.number_or_default(bucket, "days", 0) == 7
	resource.number_or_default(bucket, "other", 3) == 3
	not resource.number_or_default(bucket, "lifecycle.0.days", 3)
}

test_blocks if {
	count(resource.blocks(bucket, "versioning")) == 1
	resource.blocks(bucket, "single") == [{"a": 1}]
	resource.blocks(bucket, "other") == []
	resource.blocks(bucket, "name") == []
	resource.blocks({"a": [{"b": 1}]}, "a") == [{"b": 1}]
}

test_path if resource.path_of(["rule", 0, "enabled"]) == "rule.0.enabled"

test_listed if {
	resource.listed("a") == ["a"]
	resource.listed(["a"]) == ["a"]
}

test_links if {
	resource.links(bucket, "kms") == {"aws_kms_key.k"}
	resource.links(bucket, "rule") == {"aws_kms_key.l"}
	resource.links(bucket, "ru") == set()
}
