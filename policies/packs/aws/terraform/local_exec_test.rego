package wayleave.aws.terraform.local_exec_test

import data.wayleave.aws.terraform.local_exec

found(provisioners) := answer if {
	answer := local_exec.deny with input as {"resources": {"null_resource": [{"address": "r", "provisioners": provisioners}]}}
}

test_local if count(found(["file", "local-exec"])) == 1

test_remote if found(["remote-exec"]) == set()

test_none if found([]) == set()
