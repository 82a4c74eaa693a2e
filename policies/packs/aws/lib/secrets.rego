# What secrets look like.
package wayleave.lib.secrets

# The text has an access key of AWS in it.
is_access_key(text) if regex.match(`\b(AKIA|ASIA)[A-Z0-9]{16}\b`, text)
