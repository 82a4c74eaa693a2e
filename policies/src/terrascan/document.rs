//! The input of Terrascan's rules: resources by type, and what of them does not concern the rules.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::directive::Directives;
use crate::finding::{Extent, Location};
use crate::scan::ScanError;

/// A resource in one of its places. A module that is called twice and scanned as a directory of its own yields its
/// resources three times, all under one id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Type and name with a dot between; in a plan the address.
    pub id: String,
    /// Terraform's name of the type.
    pub kind: String,
    /// The address, with the calls that lead to the module; for a template the logical id.
    pub address: String,
    /// The resource's name.
    pub name: String,
    /// The file, relative to the directory that is scanned; empty for a plan.
    pub source: String,
    /// The first line, from 1; 0 for a plan.
    pub line: usize,
    /// The name of the call that leads to the module, or `root`; empty where there are no modules.
    pub module_name: String,
    /// The directory that was taken for a root; empty where there are none.
    pub plan_root: String,
    /// What comments and metadata say.
    pub directives: Directives,
    /// Where it is written, the file as the user named it.
    pub location: Option<Location>,
    /// The lines of its block.
    pub extent: Option<Extent>,
    /// The blocks of the module calls that lead to it, the outermost first.
    pub callers: Vec<Extent>,
}

/// What Terrascan's rules see, and whose ids they answer with.
#[derive(Clone, Debug, Default)]
pub struct Document {
    resources: BTreeMap<String, Vec<Value>>,
    occurrences: BTreeMap<String, Vec<Occurrence>>,
    /// What could not be read.
    pub errors: Vec<ScanError>,
}

impl Document {
    /// The document itself, as `terrascan scan --config-only -o json` prints it.
    pub fn json(&self) -> Value {
        Value::Object(
            self.resources.iter().map(|(kind, list)| (kind.clone(), Value::Array(list.clone()))).collect(),
        )
    }

    /// The document itself, leaving what belongs to the findings.
    pub fn take_json(&mut self) -> Value {
        let resources = std::mem::take(&mut self.resources);
        Value::Object(resources.into_iter().map(|(kind, list)| (kind, Value::Array(list))).collect())
    }

    /// All places of the resources behind an id that a rule answered with, in the document's order. Terrascan
    /// reports a violation for each.
    pub fn occurrences(&self, id: &str) -> &[Occurrence] {
        self.occurrences.get(id).map_or(&[], Vec::as_slice)
    }

    /// All places of all resources, by id.
    pub fn all(&self) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.values().flatten()
    }

    /// How many resources there are, each place counted.
    pub fn len(&self) -> usize {
        self.occurrences.values().map(Vec::len).sum()
    }

    /// Whether there is no resource at all. Terrascan runs every rule over such an input.
    pub fn is_empty(&self) -> bool {
        self.occurrences.is_empty()
    }

    /// Adds another input's resources.
    pub fn merge(&mut self, other: Self) {
        for (kind, list) in other.resources {
            self.resources.entry(kind).or_default().extend(list);
        }
        for (id, list) in other.occurrences {
            self.occurrences.entry(id).or_default().extend(list);
        }
        self.errors.extend(other.errors);
    }

    pub(super) fn push(&mut self, occurrence: Occurrence, config: Value, more: Map<String, Value>) {
        let mut entry = Map::new();
        entry.insert("id".into(), occurrence.id.clone().into());
        entry.insert("name".into(), occurrence.name.clone().into());
        entry.insert("source".into(), occurrence.source.clone().into());
        entry.insert("line".into(), occurrence.line.into());
        entry.insert("type".into(), occurrence.kind.clone().into());
        entry.insert("config".into(), config);
        entry.insert("skip_rules".into(), skip_rules(&occurrence.directives));
        entry.insert("max_severity".into(), occurrence.directives.max_severity.clone().into());
        entry.insert("min_severity".into(), occurrence.directives.min_severity.clone().into());
        let optional = [("module_name", &occurrence.module_name), ("plan_root", &occurrence.plan_root)];
        for (key, text) in optional.into_iter().filter(|(_, text)| !text.is_empty()) {
            entry.insert(key.into(), text.clone().into());
        }
        entry.extend(more);
        self.resources.entry(occurrence.kind.clone()).or_default().push(Value::Object(entry));
        self.occurrences.entry(occurrence.id.clone()).or_default().push(occurrence);
    }
}

/// Terrascan writes null where there are none, but for templates.
fn skip_rules(directives: &Directives) -> Value {
    if directives.skip.is_empty() {
        Value::Null
    } else {
        serde_json::to_value(&directives.skip).unwrap_or_default()
    }
}
