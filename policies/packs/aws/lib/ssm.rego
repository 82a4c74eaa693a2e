# Documents of Systems Manager.
package wayleave.lib.ssm

# The settings of a document for sessions; undefined for other documents, and where they are not known.
session(document) := content.inputs if {
	document.values.document_type == "Session"
	content := json.unmarshal(document.values.content)
	is_object(content.inputs)
}
