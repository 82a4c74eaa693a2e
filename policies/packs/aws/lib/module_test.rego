package wayleave.lib.module_test

import data.wayleave.lib.module

test_local if {
	module.is_local("./a")
	module.is_local("../a")
	not module.is_local("a/b/c")
}

test_registry if {
	every source in ["a/b/c", "app.terraform.io/a/b/c", "a/b/c//modules/d", "registry.terraform.io/a/b/c"] {
		module.is_registry(source)
	}
	every source in ["./a/b/c", "github.com/a/b", "git::https://x/y/z.git", "https://x/y/z.zip", "git@github.com:a/b.git", "s3::https://x/y"] {
		not module.is_registry(source)
	}
}

test_git if {
	every source in ["git::ssh://x/y", "git@github.com:a/b.git", "github.com/a/b", "https://x/y.git?ref=v1", "https://x/y.git//d"] {
		module.is_git(source)
	}
	not module.is_git("a/b/c")
}

test_reference if {
	module.reference("git::https://x/y.git?depth=1&ref=v1") == "v1"
	not module.reference("git::https://x/y.git")
	not module.reference("git::https://x/y.git?ref=")
}
