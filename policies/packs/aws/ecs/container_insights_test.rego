package wayleave.aws.ecs.container_insights_test

import data.wayleave.aws.ecs.container_insights

found(settings, unknown) := answer if {
	answer := container_insights.deny with input as {"resources": {"aws_ecs_cluster": [{
		"address": "c",
		"values": {"setting": settings},
		"unknown": unknown,
		"written": ["setting"],
	}]}}
}

test_none if count(found([], [])) == 1

test_enhanced if found([{"name": "containerInsights", "value": "enhanced"}], []) == set()

test_unknown if found([{"name": "containerInsights"}], ["setting.0.value"]) == set()
