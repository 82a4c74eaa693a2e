//! The input as Terrascan's rules see it, which rely on what Terrascan cannot do: expressions are text, blocks are not
//! expanded, and every directory is a root.
//!
//! After Terrascan 1.19 as measured; where it panics, the sensible thing happens.

mod cloudformation;
mod configuration;
mod convert;
mod default;
mod directive;
mod document;
mod interpolation;
mod module;
mod plan;
mod reference;
pub(crate) mod repeated;
mod resolve;
mod syntax;
mod term;
mod tree;
mod whole;

pub use cloudformation::template;
pub use configuration::{Options, document};
pub use directive::{Directives, SkipRule};
pub use document::{Document, Occurrence};
pub(crate) use plan::plan;
pub use whole::{Whole, whole};
