//! Terraform's configuration language.

pub(crate) mod eval;
pub(crate) mod number;
mod order;
pub(crate) mod value;
