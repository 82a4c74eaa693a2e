# What secrets look like.
package wayleave.lib.secrets

# The text has an access key of AWS in it.
is_access_key(text) if regex.match(`\b(AKIA|ASIA)[A-Z0-9]{16}\b`, text)

# One of the words, given in small letters, is in the text: asked before an expression that looks for more.
mentions(text, words) if {
	written := lower(text)
	some word in words
	contains(written, word)
}
