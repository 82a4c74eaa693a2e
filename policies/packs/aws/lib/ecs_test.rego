package wayleave.lib.ecs_test

import data.wayleave.lib.ecs

task(definitions) := {"values": {"container_definitions": definitions}}

test_text if ecs.containers(task("[{\"Name\": \"a\", \"readonlyRootFilesystem\": true}]")) == [{"name": "a", "readonlyrootfilesystem": true}]

test_list if ecs.containers(task([{"readonly_root_filesystem": false}])) == [{"readonlyrootfilesystem": false}]

test_damaged if {
	every text in ["{", "{}", 3] {
		ecs.containers(task(text)) == []
	}
}

test_name if {
	ecs.name({"name": "a"}) == "a"
	ecs.name({}) == "without a name"
}

test_hidden if {
	unsure := object.union(task([{"name": "a"}, {"name": "b"}]), {"unknown": ["container_definitions.1.readonlyRootFilesystem"]})
	ecs.containers(unsure) == [{"name": "a"}, {"name": "b", "readonlyrootfilesystem": null}]
}
