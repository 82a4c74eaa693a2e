//! Git, by the git program: a mirror for each repository, and a checkout for each unit.
