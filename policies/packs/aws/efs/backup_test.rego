package wayleave.aws.efs.backup_test

import data.wayleave.aws.efs.backup

found(status) := answer if {
	answer := backup.deny with input as {"resources": {"aws_efs_backup_policy": [{"address": "p", "values": {"backup_policy": [{"status": status}]}}]}}
}

test_off if count(found("DISABLED")) == 1

test_on if found("ENABLED") == set()

test_unknown if found(null) == set()
