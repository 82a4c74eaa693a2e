package wayleave.lib.secrets_test

import data.wayleave.lib.secrets

test_key if secrets.is_access_key("key=AKIAIOSFODNN7EXAMPLE;")

test_too_short if not secrets.is_access_key("AKIAIOSFODNN")

test_mentions if {
	secrets.mentions("export AWS_KEY=x", ["password", "aws"])
	not secrets.mentions("export KEY=x", ["password", "aws"])
}
