# METADATA
# scope: package
# title: A database has no public address
# description: >-
#   A database with a public address can be reached, and its password guessed, from anywhere that its security
#   groups let in. One wrong security group rule is then enough.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: WL-AWS-RDS-001
#   remedy: |-
#     Keep the instance in private subnets and leave the public address off:
#       publicly_accessible = false
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["RDS.2"]
#     checkov: ["CKV_AWS_17"]
#     cis-aws-3.0: ["2.3.3"]
#     terrascan: ["AC_AWS_0054", "AWS.RDS.NS.High.0101"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.publicly_accessible

deny contains {"address": instance.address, "message": "the instance gets a public address"} if {
	some kind in ["aws_db_instance", "aws_rds_cluster_instance"]
	some instance in input.resources[kind]
	instance.values.publicly_accessible == true
}
