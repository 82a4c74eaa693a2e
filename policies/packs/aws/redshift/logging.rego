# METADATA
# scope: package
# title: Connections and queries of a warehouse are logged
# description: >-
#   Who read what is known only from the audit log.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
# custom:
#   id: WL-AWS-REDSHIFT-004
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#       logging {
#         enable        = true
#         bucket_name   = "example-logs"
#       }
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#       LoggingProperties: {BucketName: example-logs}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Redshift.4"]
#     checkov: ["CKV_AWS_71"]
#     terrascan: ["AC_AWS_0200", "AWS.Redshift.Logging.Medium.0565"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the audit log is turned off"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_off(it, "logging.0.enable")
	count(resource.attached(it, "aws_redshift_logging", "cluster_identifier")) == 0
	not resource.may_be_attached("aws_redshift_logging", "cluster_identifier")
}
