# METADATA
# scope: package
# title: What an instance runs at its start holds no secrets
# description: >-
#   User data is readable by everybody who may describe the instance, and by everything that runs on it, from
#   the metadata service.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
# custom:
#   id: WL-AWS-EC2-056
#   remedy: |-
#     In Terraform:
#       user_data = templatefile("start.sh", { secret_arn = aws_secretsmanager_secret.app.arn })
#     In CloudFormation:
#       UserData: !Base64 "aws secretsmanager get-secret-value ..."
#   severity: high
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_46"]
#     terrascan: ["AC_AWS_0170", "AWS.LaunchConfiguration.DataSecurity.High.0101", "AC_AWS_0168", "AWS.LaunchConfiguration.DataSecurity.High.0102"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.user_data_secrets

import data.wayleave.lib.resource
import data.wayleave.lib.secrets

deny contains {"address": it.address, "message": message} if {
	some it in resource.of_types(["aws_instance", "aws_launch_configuration", "aws_launch_template", "aws_spot_instance_request"])
	some text in texts(it)
	some what, pattern in patterns
	secrets.mentions(text, hints[what])
	regex.match(pattern, text)
	message := sprintf("there is %s in the user data", [what])
}

patterns := {
	"an AWS access key": `\b(AKIA|ASIA)[A-Z0-9]{16}\b`,
	"an AWS secret key": `(?i)aws_?secret_?(access_?)?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}\b`,
	"a private key": `-----BEGIN ([A-Z]+ )?PRIVATE KEY-----`,
	"a password": `(?i)\b[A-Z_]*(password|passwd)["']?\s*[=:]\s*["']?[^\s"'$<{(]{6,}`,
}

# What a text has in it in any case.
hints := {
	"an AWS access key": ["akia", "asia"],
	"an AWS secret key": ["aws"],
	"a private key": ["private key"],
	"a password": ["passw"],
}

texts(it) := {text |
	some key in ["user_data", "user_data_base64"]
	written := it.values[key]
	some text in {written, decoded(written)}
}

decoded(text) := base64.decode(text) if base64.is_valid(text)

decoded(text) := "" if not base64.is_valid(text)
