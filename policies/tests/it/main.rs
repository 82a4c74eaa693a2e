//! Integration tests of the crate `policies`.

mod documentation;
mod examples;
mod limits;
mod mutation;
mod plans;
mod rego;
mod reports;
mod templates;

use std::sync::LazyLock;

/// The builtin pack, compiled once for all tests.
static BUILTIN: LazyLock<policies::Bundle> =
    LazyLock::new(|| policies::Bundle::builtin().expect("the builtin pack compiles"));
