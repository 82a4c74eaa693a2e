package wayleave.aws.terraform.remote_exec_test

import data.wayleave.aws.terraform.remote_exec

found(provisioners) := answer if {
	answer := remote_exec.deny with input as {"resources": {"aws_instance": [{"address": "r", "provisioners": provisioners}]}}
}

test_remote if count(found(["file", "remote-exec"])) == 2

test_local if found(["local-exec"]) == set()
