package wayleave.lib.ssm_test

import data.wayleave.lib.ssm

document(kind, content) := {"values": {"document_type": kind, "content": content}}

test_session if ssm.session(document("Session", `{"inputs": {"kmsKeyId": "k"}}`)) == {"kmsKeyId": "k"}

test_another_document if not ssm.session(document("Command", `{"inputs": {}}`))

test_damaged if not ssm.session(document("Session", "{"))
