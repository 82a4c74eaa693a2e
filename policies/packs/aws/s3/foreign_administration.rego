# METADATA
# scope: package
# title: Other accounts do not change how a bucket is protected
# description: >-
#   A principal of another account that may change the policy, the ACL or the encryption of a bucket can give
#   itself and others everything in it.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
# custom:
#   id: WL-AWS-S3-017
#   remedy: |-
#     In Terraform:
#       actions = ["s3:GetObject"]
#     In CloudFormation:
#       Action: s3:GetObject
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["S3.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.foreign_administration

import data.wayleave.lib.iam

guarded := {
	"s3:deletebucketpolicy", "s3:putbucketacl", "s3:putbucketpolicy", "s3:putencryptionconfiguration", "s3:putobjectacl",
	"s3:putbucketpublicaccessblock",
}

deny contains {"address": policy.address, "message": message} if {
	some policy in input.resources.aws_s3_bucket_policy
	some document in policy.documents
	some statement in document.statements
	iam.allows(statement)
	foreign := [principal | some principal in statement.principals.AWS; is_foreign(principal)]
	count(foreign) > 0
	granted := [action | some action in statement.actions; is_string(action); is_guarded(action)]
	count(granted) > 0
	message := sprintf("%s may use %s", [concat(", ", foreign), concat(", ", granted)])
}

# An account id that stands there literally; everybody is the concern of WL-AWS-S3-003.
is_foreign(principal) if regex.match(`^(arn:aws[a-z-]*:iam::)?[0-9]{12}(:|$)`, principal)

is_guarded(action) if lower(action) in guarded

is_guarded(action) if {
	contains(action, "*")
	some one in guarded
	glob.match(lower(action), [], one)
}
