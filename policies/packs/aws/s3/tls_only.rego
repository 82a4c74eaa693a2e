# METADATA
# scope: package
# title: A bucket refuses requests without TLS
# description: >-
#   S3 answers plain HTTP. Whoever sits on the way reads the objects and the signed addresses that lead to them.
#   A bucket policy can refuse every request that does not come over TLS.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
# custom:
#   id: WL-AWS-S3-007
#   remedy: |-
#     In Terraform:
#       statement {
#         effect    = "Deny"
#         actions   = ["s3:*"]
#         resources = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
#         principals {
#           type        = "*"
#           identifiers = ["*"]
#         }
#         condition {
#           test     = "Bool"
#           variable = "aws:SecureTransport"
#           values   = ["false"]
#         }
#       }
#     In CloudFormation:
#       - Effect: Deny
#         Principal: '*'
#         Action: s3:*
#         Resource: [!GetAtt Reports.Arn, !Sub '${Reports.Arn}/*']
#         Condition: {Bool: {aws:SecureTransport: 'false'}}
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["S3.5"]
#     checkov: ["CKV_AWS_379"]
#     cis-aws-3.0: ["2.1.1"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.tls_only

import data.wayleave.lib.iam
import data.wayleave.lib.resource

deny contains {"address": bucket.address, "message": "no policy of the bucket refuses requests without TLS"} if {
	some bucket in input.resources.aws_s3_bucket
	not refuses_plain(bucket)
	not is_open_question(bucket)
}

refuses_plain(bucket) if {
	some holder in {bucket} | resource.attached(bucket, "aws_s3_bucket_policy", "bucket")
	some document in holder.documents
	some statement in document.statements
	lower(statement.effect) == "deny"
	demands_tls(statement)
}

demands_tls(statement) if {
	some key, value in statement.conditions.Bool
	lower(key) == "aws:securetransport"
	some text in as_list(value)
	lower(sprintf("%v", [text])) == "false"
}

# A value that is not known may be the one.
demands_tls(statement) if {
	some key, value in statement.conditions.Bool
	lower(key) == "aws:securetransport"
	some text in as_list(value)
	is_object(text)
}

demands_tls(statement) if {
	some operator in ["NumericLessThan", "NumericLessThanIfExists"]
	some key, _ in statement.conditions[operator]
	lower(key) == "s3:tlsversion"
}

demands_tls(statement) if statement.conditions.unknown

as_list(value) := value if is_array(value)

as_list(value) := [value] if not is_array(value)

# A policy that cannot be read may refuse.
is_open_question(bucket) if {
	some holder in {bucket} | resource.attached(bucket, "aws_s3_bucket_policy", "bucket")
	resource.is_uncertain(holder, "policy")
	not holder.documents.policy
}

is_open_question(bucket) if {
	some holder in {bucket} | resource.attached(bucket, "aws_s3_bucket_policy", "bucket")
	some document in holder.documents
	some statement in document.statements
	not iam.is_told(statement)
}

is_open_question(_) if resource.may_be_attached("aws_s3_bucket_policy", "bucket")
