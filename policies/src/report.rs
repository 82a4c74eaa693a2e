//! Reports on a scan; one module a format.

pub mod human;
pub mod json;
pub mod sarif;

use std::collections::BTreeMap;

/// The texts that were scanned, by the names that locations carry.
pub type Sources = BTreeMap<String, String>;

/// What was scanned, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The paths, as they were given.
    pub paths: Vec<String>,
    /// The kinds of input found there, for example `tfplan`.
    pub kinds: Vec<String>,
    /// The time of the scan in RFC 3339. The crate has no clock.
    pub scanned_at: String,
}
