# METADATA
# scope: package
# title: A change touches a small part of what is there
# description: >-
#   A change that touches most resources at once is hard to review and hard to undo. Often it is not what was meant: another workspace, a renamed module, a new version of the provider.
# related_resources:
#   - https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/ops_dev_integ_freq_sm_rev_chg.html
# custom:
#   id: WL-AWS-CHANGE-013
#   remedy: |-
#     Split the change, or raise the bounds in the rule's parameters for this stack:
#       parameters "WL-AWS-CHANGE-013" { changed_percent = 80 }
#   severity: medium
#   category: Resilience
#   parameters:
#     changed_percent:
#       description: At most this share of the resources that are there, in percent, is changed, replaced or deleted.
#       default: 50
#     deleted_percent:
#       description: At most this share, in percent, is replaced or deleted.
#       default: 25
#     smallest_unit:
#       description: A unit with fewer resources than this may change as a whole.
#       default: 10
#   engines: [terraform]
package wayleave.aws.change.blast_radius

parameters := data.parameters["WL-AWS-CHANGE-013"]

# What is there before the change.
present := [changed |
	some kind, _ in input.changes
	some changed in input.changes[kind]
	is_object(changed.before)
]

touched := [changed | some changed in present; some action in changed.actions; action in {"update", "delete", "forget"}]

lost := [changed | some changed in present; some action in changed.actions; action in {"delete", "forget"}]

deny contains {"address": first(touched), "message": message} if {
	count(present) >= parameters.smallest_unit
	exceeds(touched, parameters.changed_percent)
	not exceeds(lost, parameters.deleted_percent)
	message := sprintf("the change touches %d of %d resources, more than %d percent; this is the first", [count(touched), count(present), parameters.changed_percent])
}

deny contains {"address": first(lost), "message": message, "severity": "high"} if {
	count(present) >= parameters.smallest_unit
	exceeds(lost, parameters.deleted_percent)
	message := sprintf("the change replaces or deletes %d of %d resources, more than %d percent; this is the first", [count(lost), count(present), parameters.deleted_percent])
}

exceeds(some_of_them, percent) if product([count(some_of_them), 100]) > product([count(present), percent])

first(list) := min([changed.address | some changed in list])
