# METADATA
# scope: package
# title: None of what GuardDuty watches is turned off
# description: >-
#   Each kind of log that it does not read is a way in that it does not see.
# related_resources:
#   - https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
# custom:
#   id: WL-AWS-GUARDDUTY-002
#   remedy: |-
#     In Terraform:
#       status      = "ENABLED"
#     In CloudFormation:
#       Status: ENABLED
#   severity: medium
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["GuardDuty.5", "GuardDuty.6", "GuardDuty.7", "GuardDuty.8", "GuardDuty.9", "GuardDuty.10", "GuardDuty.11", "GuardDuty.12", "GuardDuty.13"]
#   engines: [terraform, cloudformation]
package wayleave.aws.guardduty.protections

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_guardduty_detector_feature
	it.values.status == "DISABLED"
	message := sprintf("%s is turned off", [object.get(it.values, "name", "a protection")])
}

# A template names them in the detector.
deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_guardduty_detector
	some feature in resource.blocks(it, "features")
	feature.status == "DISABLED"
	message := sprintf("%s is turned off", [object.get(feature, "name", "a protection")])
}

# The older way to say it.
sources := {
	"datasources.0.s3_logs.0.enable": "S3",
	"datasources.0.kubernetes.0.audit_logs.0.enable": "EKS",
	"datasources.0.malware_protection.0.scan_ec2_instance_with_findings.0.ebs_volumes.0.enable": "malware on disks",
}

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_guardduty_detector
	some path, name in sources
	resource.is_false(resource.value(it, path))
	message := sprintf("%s is turned off", [name])
}
