//! A root directory with the modules that it calls, and those that they call.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::module::{Call, Module, configuration_files};
use crate::finding::Extent;
use crate::scan::ScanError;
use crate::source::{Files, join};

/// Calls deeper than this are not followed.
const MAX_DEPTH: usize = 32;
/// A root with more modules than this, each instance counted, is read up to here.
const MAX_INSTANCES: usize = 20_000;

/// Directories, read once each, and kept where they are called: most are roots that nobody calls, and all of them together take more
/// memory than what is made of them.
pub(super) struct Modules<'a> {
    files: &'a dyn Files,
    installed: BTreeMap<String, String>,
    lines: bool,
    loaded: BTreeMap<String, Option<Arc<Module>>>,
    called: BTreeSet<String>,
    errors: BTreeMap<String, Vec<ScanError>>,
}

/// A module in its place.
struct Instance {
    name: String,
    directory: String,
    module: Arc<Module>,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    depth: usize,
}

/// The instances of one root, callers before those they call.
pub(super) struct Tree {
    instances: Vec<Instance>,
    /// Whether a bound was passed, so that some modules are missing.
    is_cut: bool,
}

impl<'a> Modules<'a> {
    /// `installed` are directories of modules that are not local, by their source; `lines` says whether attributes'
    /// lines are kept.
    pub(super) fn new(files: &'a dyn Files, installed: BTreeMap<String, String>, lines: bool) -> Self {
        let (loaded, called, errors) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { files, installed, lines, loaded, called, errors }
    }

    /// The module in a directory; none when there is no configuration.
    pub(super) fn module(&mut self, directory: &str) -> Option<Arc<Module>> {
        if let Some(known) = self.loaded.get(directory) {
            return known.clone();
        }
        let names = configuration_files(self.files, directory);
        let module =
            (!names.is_empty()).then(|| Arc::new(Module::load(self.files, directory, &names, self.lines)));
        self.loaded.insert(directory.to_owned(), module.clone());
        let errors = module.iter().flat_map(|module| module.errors.iter().cloned());
        self.errors.insert(directory.to_owned(), errors.collect());
        module
    }

    /// Nobody has called this root so far: who does reads it again.
    pub(super) fn release(&mut self, directory: &str) {
        if !self.called.contains(directory) {
            self.loaded.remove(directory);
        }
    }

    /// What was wrong with any module that was read, by directory.
    pub(super) fn into_errors(self) -> impl Iterator<Item = ScanError> {
        self.errors.into_values().flatten()
    }

    fn called(&mut self, call: &Call) -> Option<(String, Arc<Module>)> {
        let source = call.source.as_deref()?;
        let directory = match source {
            local if local.starts_with("./") || local.starts_with("../") => join(&call.from, local),
            remote => self.installed.get(remote)?.clone(),
        };
        let module = self.module(&directory)?;
        self.called.insert(directory.clone());
        Some((directory, module))
    }

    /// The tree of a root directory, breadth first; none when there is no configuration.
    pub(super) fn tree(&mut self, directory: &str) -> Option<Tree> {
        let root = Instance {
            name: "root".to_owned(),
            directory: directory.to_owned(),
            module: self.module(directory)?,
            parent: None,
            children: BTreeMap::new(),
            depth: 0,
        };
        let mut tree = Tree { instances: vec![root], is_cut: false };
        let mut next = 0;
        while let Some(module) = tree.instances.get(next).map(|instance| Arc::clone(&instance.module)) {
            for (name, call) in &module.calls {
                if let Some((directory, called)) = self.called(call) {
                    tree.add(next, name, directory, called);
                }
            }
            next += 1;
        }
        Some(tree)
    }
}

impl Tree {
    /// What is missing because there are too many modules.
    pub(super) fn cut(&self) -> Option<ScanError> {
        let directory = self.instances.first().filter(|_| self.is_cut).map(|root| &root.directory)?;
        let message = format!(
            "{directory} has more than {MAX_INSTANCES} module instances, or calls deeper than {MAX_DEPTH}; some were not checked"
        );
        Some(ScanError::input(message, "scan the modules one by one"))
    }

    fn add(&mut self, parent: usize, name: &str, directory: String, module: Arc<Module>) {
        let depth = self.instances.get(parent).map_or(0, |parent| parent.depth) + 1;
        if self.calls_itself(parent, &directory) {
            return;
        }
        if depth > MAX_DEPTH || self.instances.len() >= MAX_INSTANCES {
            self.is_cut = true;
            return;
        }
        let index = self.instances.len();
        let (name, children) = (name.to_owned(), BTreeMap::new());
        self.instances.push(Instance {
            name: name.clone(),
            directory,
            module,
            parent: Some(parent),
            children,
            depth,
        });
        if let Some(parent) = self.instances.get_mut(parent) {
            parent.children.insert(name, index);
        }
    }

    /// Terrascan follows a module that calls itself without end.
    fn calls_itself(&self, parent: usize, directory: &str) -> bool {
        let chain = std::iter::successors(self.instances.get(parent), |instance| {
            self.instances.get(instance.parent?)
        });
        chain.into_iter().any(|instance| instance.directory == directory)
    }

    pub(super) fn len(&self) -> usize {
        self.instances.len()
    }

    pub(super) fn name(&self, instance: usize) -> &str {
        self.instances.get(instance).map_or("", |instance| &instance.name)
    }

    /// The module of an instance; the root's for one that is not there.
    pub(super) fn module(&self, instance: usize) -> &Module {
        static NONE: std::sync::LazyLock<Module> = std::sync::LazyLock::new(Module::default);
        self.instances.get(instance).map_or(&NONE, |instance| &instance.module)
    }

    pub(super) fn child(&self, instance: usize, name: &str) -> Option<&Module> {
        let child = self.instances.get(instance)?.children.get(name)?;
        Some(self.module(*child))
    }

    /// The call of an instance, with the instance that calls.
    pub(super) fn call(&self, instance: usize) -> Option<(usize, &Call)> {
        let instance = self.instances.get(instance)?;
        let parent = instance.parent?;
        Some((parent, self.module(parent).calls.get(&instance.name)?))
    }

    /// `module.a.module.b.` before the resources of an instance.
    pub(super) fn path(&self, instance: usize) -> String {
        let chain = std::iter::successors(self.instances.get(instance), |instance| {
            self.instances.get(instance.parent?)
        });
        let called = chain.filter(|instance| instance.parent.is_some());
        let mut names: Vec<String> = called.map(|instance| format!("module.{}.", instance.name)).collect();
        names.reverse();
        names.concat()
    }

    /// The calls that lead to an instance, the outermost first.
    pub(super) fn callers(&self, instance: usize) -> Vec<Extent> {
        let chain = std::iter::successors(self.call(instance), |(parent, _)| self.call(*parent));
        let mut extents: Vec<Extent> = chain.map(|(_, call)| call.extent.clone()).collect();
        extents.reverse();
        extents
    }
}
