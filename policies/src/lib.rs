//! Is a change allowed? Terraform plans and CloudFormation templates are brought into one resource
//! model and judged by Rego rules.
//!
//! ```
//! use policies::{Bundle, Input, Severity};
//!
//! let bundle = Bundle::builtin()?;
//! let plan = serde_json::json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
//!     {"address": "aws_db_instance.db", "mode": "managed", "type": "aws_db_instance", "name": "db",
//!      "values": {"publicly_accessible": true, "storage_encrypted": true}},
//! ]}}});
//! let scan = bundle.scan(&Input::Plan { json: &plan, configuration: None });
//! assert_eq!(scan.at_or_over(Severity::High).count(), 1);
//! # Ok::<(), policies::PackError>(())
//! ```
//!
//! Invariant: the crate is synchronous and does no network I/O. Files are read through [`source::Files`] alone.
//!
//! Invariant: what cannot be read or judged is a [`ScanError`] in the [`Scan`], never a silent pass.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice
    )
)]

pub mod baseline;
mod builtin;
mod bundle;
mod cloudformation;
mod document;
pub mod find;
mod finding;
mod input;
mod marker;
mod metadata;
mod pack;
mod pack_test;
mod plan;
mod rego;
pub mod report;
pub mod resource;
mod scan;
pub mod settings;
pub mod source;
pub mod stack;
pub mod suppression;
pub mod terraform;
pub mod terrascan;
mod touched;
pub mod yaml;

pub use bundle::{Bundle, Kind, PackError, Rule};
pub use finding::{Counts, Extent, Finding, Location, RuleId, Severity, UnknownSeverity};
pub use input::Input;
pub use metadata::{Metadata, MetadataError, Parameter};
pub use pack::terrascan::PackWarning;
pub use pack::{GitSource, Pack, PackSource, PackSourceError};
pub use pack_test::{PackTests, TestOutcome};
pub use rego::RegoError;
pub use resource::Engine;
pub use scan::{Scan, ScanError, Skipped, TerrascanViolation};
pub use settings::{Settings, SettingsError};
pub use suppression::{Fate, Suppression};
pub use touched::Touched;
