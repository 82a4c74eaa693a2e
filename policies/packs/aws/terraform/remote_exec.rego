# METADATA
# scope: package
# title: Nothing is copied to machines or run on them while a change is applied
# description: >-
#   Provisioners of the types remote-exec and file need a way into the machine and a key in the state. What they do is in no
#   plan and cannot be repeated.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax
# custom:
#   id: WL-TF-003
#   remedy: |-
#     Bake an image, or give the machine user data:
#       user_data = templatefile("${path.module}/start.sh", { port = 8080 })
#   severity: medium
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.terraform.remote_exec

kinds := {"chef", "file", "habitat", "puppet", "remote-exec", "salt-masterless"}

deny contains {"address": resource.address, "message": sprintf("applying uses a provisioner of the type %s", [provisioner])} if {
	some kind, _ in input.resources
	some resource in input.resources[kind]
	some provisioner in resource.provisioners
	provisioner in kinds
}
