# METADATA
# scope: package
# title: A change leaves the account's guards on
# description: >-
#   GuardDuty, Security Hub, Config, Access Analyzer, alarms and firewalls see what goes wrong. Turned off, nobody sees it.
# related_resources:
#   - https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/detection.html
# custom:
#   id: WL-AWS-CHANGE-014
#   remedy: |-
#     Leave it on. If another account or region takes it over, turn it on there first, in a change of its own.
#   severity: high
#   category: Logging and Monitoring
#   engines: [terraform]
package wayleave.aws.change.guards_off

import data.wayleave.lib.change

# Guards of the whole account, that are gone when their resource is.
guards := {
	"aws_accessanalyzer_analyzer": "high",
	"aws_cloudwatch_metric_alarm": "low",
	"aws_config_config_rule": "medium",
	"aws_config_configuration_recorder": "high",
	"aws_config_configuration_recorder_status": "high",
	"aws_config_conformance_pack": "medium",
	"aws_config_delivery_channel": "high",
	"aws_detective_graph": "medium",
	"aws_ebs_encryption_by_default": "medium",
	"aws_guardduty_detector": "high",
	"aws_guardduty_organization_configuration": "high",
	"aws_iam_account_password_policy": "medium",
	"aws_inspector2_enabler": "high",
	"aws_inspector2_organization_configuration": "high",
	"aws_macie2_account": "high",
	"aws_networkfirewall_firewall": "high",
	"aws_securityhub_account": "high",
	"aws_securityhub_organization_configuration": "high",
	"aws_securityhub_standards_subscription": "medium",
	"aws_shield_protection": "medium",
	"aws_wafv2_web_acl_association": "medium",
}

# Guards that are on while the value is one of these.
states := {
	"aws_cloudwatch_metric_alarm": {"actions_enabled": {true}},
	"aws_config_configuration_recorder_status": {"is_enabled": {true}},
	"aws_ecr_repository": {"image_scanning_configuration.0.scan_on_push": {true}},
	"aws_guardduty_detector": {"enable": {true}},
	"aws_guardduty_detector_feature": {"status": {"ENABLED"}},
	"aws_instance": {"metadata_options.0.http_tokens": {"required"}},
	"aws_launch_template": {"metadata_options.0.http_tokens": {"required"}},
	"aws_macie2_account": {"status": {"ENABLED"}},
}

deny contains {"address": gone.address, "message": "the change deletes it", "severity": severity} if {
	some kind, severity in guards
	some gone in change.deleted([kind])
	not change.goes_with(gone, "aws_lb", "resource_arn")
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s off", [path]), "severity": object.get(guards, kind, "medium")} if {
	some kind, paths in states
	some altered in change.altered([kind])
	some path, values in paths
	change.left(altered, path, values)
}
