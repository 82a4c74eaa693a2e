package wayleave.aws.transfer.protocols_test

import data.wayleave.aws.transfer.protocols

found(list) := answer if {
	answer := protocols.deny with input as {"resources": {"aws_transfer_server": [{"address": "s", "values": {"protocols": list}}]}}
}

test_plain if count(found(["SFTP", "FTP"])) == 1

test_secure if found(["SFTP", "FTPS"]) == set()

test_unknown if found([null]) == set()
