//! What a suppression covers, by the place where it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Extent, Finding};
use crate::resource::{Model, Resource};

/// What a suppression covers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// A resource's block and its instances, or a module call and everything below it.
    Block(Extent),
    /// All that a file holds and calls.
    File(String),
    /// The one resource of a template.
    Resource(String),
    /// A block that makes nothing in this input, such as one with a `count` of 0.
    Unmade,
    /// Nothing.
    Nowhere,
}

/// The blocks of a model, by file.
pub(super) struct Places(BTreeMap<String, BTreeSet<Extent>>);

impl Places {
    pub(super) fn new(model: &Model) -> Self {
        let mut files: BTreeMap<String, BTreeSet<Extent>> = BTreeMap::new();
        let resources = model.resources.iter().chain(&model.data);
        let calls = model.modules.iter().filter_map(|call| call.extent.as_ref());
        for extent in resources.flat_map(extents).chain(calls) {
            if !files.get(&extent.file).is_some_and(|known| known.contains(extent)) {
                files.entry(extent.file.clone()).or_default().insert(extent.clone());
            }
        }
        Self(files)
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &BTreeSet<Extent>)> {
        self.0.iter()
    }
}

fn extents(resource: &Resource) -> impl Iterator<Item = &Extent> {
    resource.extent.iter().chain(&resource.callers)
}

/// Every scope that a finding is in, the innermost first. `blocks` are the module calls on the way and then its own block.
pub(super) fn of(finding: &Finding, blocks: &[&Extent]) -> Vec<Scope> {
    let inside = || blocks.iter().rev();
    let mut scopes = vec![Scope::Resource(finding.address.clone())];
    scopes.extend(inside().map(|block| Scope::Block((*block).clone())));
    scopes.extend(inside().map(|block| Scope::File(block.file.clone())));
    scopes.dedup();
    scopes
}
