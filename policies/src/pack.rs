//! A pack: files of rules that belong together.

mod source;
mod template;
pub(crate) mod terrascan;

use std::collections::BTreeMap;

use crate::bundle::Bundle;

pub use source::{GitSource, PackSource, PackSourceError};

/// The files of a pack, already read from wherever they live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    name: String,
    files: BTreeMap<String, String>,
    is_builtin: bool,
}

impl Pack {
    /// A pack of `(path, text)` pairs. Paths are relative to the pack, with `/`; the name is what the user knows the
    /// pack by, for messages.
    pub fn new(name: impl Into<String>, files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { name: name.into(), files: files.into_iter().collect(), is_builtin: false }
    }

    /// The pack that comes with the program.
    pub fn builtin() -> Self {
        Self { is_builtin: true, ..Self::new("builtin", Bundle::builtin_files()) }
    }

    /// Whether it is the pack that comes with the program.
    pub(crate) fn is_builtin(&self) -> bool {
        self.is_builtin
    }

    /// What the user knows the pack by.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files, in the order of their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

pub(crate) fn is_test_file(path: &str) -> bool {
    path.ends_with("_test.rego")
}

pub(crate) fn is_rule_file(path: &str) -> bool {
    path.ends_with(".rego") && !is_test_file(path)
}
