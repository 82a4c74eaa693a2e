//! Integration tests of the crate `policies`.

mod examples;
mod rego;
