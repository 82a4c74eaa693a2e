# METADATA
# scope: package
# title: A key stays usable
# description: >-
#   Without its key, everything that is encrypted with it is lost: databases, snapshots, logs. A deleted key cannot be restored when its waiting period is over.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: WL-AWS-CHANGE-012
#   remedy: |-
#     Keep the key, and disable it for some weeks first to see who still needs it. If it only moved, say so:
#       moved {
#         from = aws_kms_key.old
#         to   = aws_kms_key.new
#       }
#   severity: high
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["KMS.3"]
#   engines: [terraform]
package wayleave.aws.change.kms_key_deletion

import data.wayleave.lib.change

kinds := ["aws_kms_external_key", "aws_kms_key", "aws_kms_replica_external_key", "aws_kms_replica_key"]

deny contains {"address": gone.address, "message": message} if {
	some kind in kinds
	some gone in input.changes[kind]
	"delete" in gone.actions
	message := sprintf("the change schedules the key's deletion in %v days", [object.get(gone.before, "deletion_window_in_days", 30)])
}

deny contains {"address": altered.address, "message": "the change disables the key", "severity": "medium"} if {
	some altered in change.altered(kinds)
	change.turned_off(altered, change_path(altered))
}

deny contains {"address": altered.address, "message": message, "severity": "low"} if {
	some altered in change.altered(kinds)
	altered.after.deletion_window_in_days < object.get(altered.before, "deletion_window_in_days", 30)
	message := sprintf("the change leaves only %v days to stop a deletion", [altered.after.deletion_window_in_days])
}

# Two of the types have the flag under another name.
change_path(altered) := "is_enabled" if "is_enabled" in object.keys(altered.before)

change_path(altered) := "enabled" if not "is_enabled" in object.keys(altered.before)
