# Where modules and providers come from.
# See https://developer.hashicorp.com/terraform/language/modules/sources
package wayleave.lib.module

# A directory of the same repository.
is_local(source) if startswith(source, "./")

is_local(source) if startswith(source, "../")

is_local(source) if source in {".", ".."}

# A module of a registry: [host/]namespace/name/provider[//directory].
is_registry(source) if {
	not is_local(source)
	not is_git(source)
	path := split(plain(source), "//")[0]
	not contains(path, ":")
	count(split(path, "/")) in {3, 4}
	not startswith(path, "github.com/")
	not startswith(path, "bitbucket.org/")
}

# A repository of Git, in one of the ways to write it.
is_git(source) if startswith(source, "git::")

is_git(source) if startswith(source, "git@")

is_git(source) if startswith(source, "github.com/")

is_git(source) if startswith(source, "bitbucket.org/")

is_git(source) if regex.match(`^[^?]*\.git($|[/?])`, source)

# The registry of Terraform and that of OpenTofu are meant where none is named.
plain(source) := regex.replace(source, `^registry\.(terraform\.io|opentofu\.org)/`, "")

# The tag, branch or commit that is asked for; undefined if none is.
reference(source) := found[0] if {
	query := split(source, "?")[1]
	found := [substring(pair, 4, -1) | some pair in split(query, "&"); startswith(pair, "ref="); pair != "ref="]
}
