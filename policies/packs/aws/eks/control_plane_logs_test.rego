package wayleave.aws.eks.control_plane_logs_test

import data.wayleave.aws.eks.control_plane_logs

found(values, unknown) := answer if {
	answer := control_plane_logs.deny with input as {"resources": {"aws_eks_cluster": [{
		"address": "c",
		"values": values,
		"unknown": unknown,
		"written": ["enabled_cluster_log_types"],
	}]}}
}

test_none if count(found({}, [])) == 1

test_some if count(found({"enabled_cluster_log_types": ["api"]}, [])) == 1

test_wanted if found({"enabled_cluster_log_types": ["api", "audit", "authenticator"]}, []) == set()

test_unknown if found({}, ["enabled_cluster_log_types"]) == set()
