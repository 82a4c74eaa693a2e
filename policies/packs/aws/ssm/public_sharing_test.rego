package wayleave.aws.ssm.public_sharing_test

import data.wayleave.aws.ssm.public_sharing

found(values, unknown) := answer if {
	answer := public_sharing.deny with input as {"resources": {"aws_ssm_service_setting": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["setting_id", "setting_value"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"setting_id": "/ssm/documents/console/public-sharing-permission", "setting_value": "Enable"}, [])) == 1

test_good if found({"setting_id": "/ssm/documents/console/public-sharing-permission", "setting_value": "Disable"}, []) == set()

test_other if found({"setting_id": "/ssm/parameter-store/high-throughput-enabled", "setting_value": "enable"}, []) == set()

test_unknown if found({"setting_id": "/ssm/documents/console/public-sharing-permission"}, ["setting_value"]) == set()
