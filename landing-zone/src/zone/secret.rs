//! `env("NAME")`: the only way that a secret enters.

use crate::reader::table::Table;
use serde::{Deserialize, Serialize};

/// The name of an environment variable that holds a secret. It never holds the secret itself, so it may be printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Secret {
    /// The name of the variable.
    pub env: String,
}

impl Secret {
    pub(super) fn required(table: &Table<'_>, name: &'static str, example: &str) -> Option<Self> {
        table.required(name, example)?.env().map(|env| Self { env })
    }
}
