//! Integration tests of the crate `policies`.

mod cloudformation;
mod corpus;
mod documentation;
mod examples;
mod limits;
mod mutation;
mod pack;
mod places;
mod plans;
mod rego;
mod reports;
mod settings;
mod suppressions;
mod templates;
mod terraform;
mod terrascan;
mod terrascan_input;
mod unknown;

pub(crate) use pack::PACK as BUILTIN;
