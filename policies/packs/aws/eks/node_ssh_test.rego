package wayleave.aws.eks.node_ssh_test

import data.wayleave.aws.eks.node_ssh

found(access, unknown) := answer if {
	answer := node_ssh.deny with input as {"resources": {"aws_eks_node_group": [{
		"address": "g",
		"values": {"remote_access": [access]},
		"unknown": unknown,
		"written": ["remote_access"],
	}]}}
}

test_open if count(found({"ec2_ssh_key": "k"}, [])) == 1

test_group if found({"ec2_ssh_key": "k", "source_security_group_ids": ["sg-1"]}, []) == set()

test_unknown if found({"ec2_ssh_key": "k"}, ["remote_access.0.source_security_group_ids"]) == set()
