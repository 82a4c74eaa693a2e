package wayleave.aws.sqs.dead_letters_test

import data.wayleave.aws.sqs.dead_letters

queue(address, values, links) := {"address": address, "values": values, "unknown": [], "written": ["redrive_policy"], "links": links}

found(queues) := {one.address | some one in answer} if {
	answer := dead_letters.deny with input as {"resources": {"aws_sqs_queue": queues}}
}

test_none if found([queue("q", {}, {})]) == {"q"}

test_named_for_it if found([queue("orders_dlq", {}, {})]) == set()

test_target_of_another if found([queue("q", {"redrive_policy": "{}"}, {"redrive_policy": ["t"]}), queue("t", {}, {})]) == set()
