# The containers of a task definition, however they are written.
package wayleave.lib.ecs

# A list of containers, from text or from a list; names of fields are lower case without `_`, so that both engines' are the same.
# A field that is not known is null.
containers(task) := [object.union(hidden(task, place), lowered(container)) |
	some place, container in written(task.values.container_definitions)
	is_object(container)
]

hidden(task, place) := {replace(lower(field), "_", ""): null |
	some path in task.unknown
	["container_definitions", number, field] = array.slice(split(path, "."), 0, 3)
	number == sprintf("%d", [place])
}

written(text) := json.unmarshal(text) if {
	is_string(text)
	is_array(json.unmarshal(text))
}

written(text) := text if is_array(text)

lowered(container) := object.union_n([{replace(lower(key), "_", ""): value} | some key, value in container])

# What a container is called, for messages.
name(container) := object.get(container, "name", "without a name")
