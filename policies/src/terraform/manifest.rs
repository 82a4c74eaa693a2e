//! `.terraform/modules/modules.json`: where `terraform init` put the modules of other places.

use std::collections::HashMap;

use serde::Deserialize;

use crate::source::{Files, join};

/// The directories of downloaded modules, by the names of the calls that lead to them.
#[derive(Debug, Default)]
pub(super) struct Manifest(HashMap<String, String>);

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "Modules")]
    modules: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Dir")]
    directory: String,
}

impl Manifest {
    /// The manifest of a root; empty where there is none, or none that can be read: the modules are not at hand then.
    pub(super) fn read(files: &dyn Files, directory: &str) -> Self {
        let path = join(directory, ".terraform/modules/modules.json");
        if !files.is_file(&path) {
            return Self::default();
        }
        let written = files.read(&path).ok().and_then(|text| serde_json::from_str::<Written>(&text).ok());
        let entries = written.map(|written| written.modules).unwrap_or_default();
        Self(entries.into_iter().map(|entry| (entry.key, entry.directory.replace('\\', "/"))).collect())
    }

    /// The directory behind a call, relative to the root's.
    pub(super) fn directory(&self, names: &[&str]) -> Option<&str> {
        self.0.get(&names.join(".")).map(String::as_str)
    }
}
