# METADATA
# scope: package
# title: Modules are pinned to a version
# description: >-
#   A module without a version is another one tomorrow: what was reviewed is not what is applied, and whoever can push to
#   its repository can change the account.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision
# custom:
#   id: WL-TF-006
#   remedy: |-
#     Name a version, and for Git a tag or, better, a commit:
#       version = "5.16.0"
#       source  = "git::https://git.example.com/infra/network.git?ref=8f1c2d9"
#   severity: medium
#   category: Supply Chain
#   frameworks:
#     checkov: ["CKV_TF_1", "CKV_TF_2"]
#   parameters:
#     branches:
#       description: References of Git that move, and so pin nothing.
#       default: ["main", "master", "develop", "dev", "trunk", "HEAD"]
#   engines: [terraform]
package wayleave.aws.terraform.module_version

import data.wayleave.lib.module

branches := {branch | some branch in data.parameters["WL-TF-006"].branches}

deny contains {"address": call.address, "message": "the module has no version"} if {
	some call in input.modules
	module.is_registry(call.source)
	not call.version
}

deny contains {"address": call.address, "message": sprintf("the version %s has no upper bound", [call.version]), "severity": "low"} if {
	some call in input.modules
	module.is_registry(call.source)
	regex.match(`^\s*>=?[^,]*$`, call.version)
}

deny contains {"address": call.address, "message": "the module is whatever its repository has today"} if {
	some call in input.modules
	module.is_git(call.source)
	not module.reference(call.source)
}

deny contains {"address": call.address, "message": sprintf("the module is whatever the branch %s has today", [reference])} if {
	some call in input.modules
	module.is_git(call.source)
	reference := module.reference(call.source)
	reference in branches
}
