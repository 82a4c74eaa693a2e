//! Where blocks are written, without evaluating anything: for plans whose configuration is beside them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::calls::is_local;
use super::manifest::Manifest;
use super::model::plain;
use super::module::{Mode, Module};
use crate::finding::{Extent, Location};
use crate::source::{Files, join};

/// Finds the blocks of a configuration by address.
pub(crate) struct Locator<'a> {
    files: &'a dyn Files,
    directory: String,
    manifest: Manifest,
    modules: RefCell<HashMap<String, Rc<Module>>>,
}

/// Where a block is written.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) location: Location,
    pub(crate) extent: Extent,
    /// The module calls on the way, the outermost first.
    pub(crate) callers: Vec<Extent>,
}

impl<'a> Locator<'a> {
    /// For the configuration whose root is in this directory.
    pub(crate) fn new(files: &'a dyn Files, directory: &str) -> Self {
        let directory = join("", directory);
        Self { files, manifest: Manifest::read(files, &directory), directory, modules: RefCell::default() }
    }

    /// A managed resource or a data source, in the module behind these calls.
    pub(crate) fn resource(&self, calls: &[&str], is_data: bool, kind: &str, name: &str) -> Option<Located> {
        let (module, callers) = self.walk(calls)?;
        let mode = if is_data { Mode::Data } else { Mode::Managed };
        let declared = module.resources.get(module.find(mode, kind, name)?)?;
        Some(Located { location: declared.place.location(), extent: declared.place.extent(), callers })
    }

    /// A module call: the last of these, within the others.
    pub(crate) fn call(&self, calls: &[&str]) -> Option<Located> {
        let (name, outer) = calls.split_last()?;
        let (module, callers) = self.walk(outer)?;
        let call = module.calls.iter().find(|call| call.name == *name)?;
        Some(Located { location: call.place.location(), extent: call.place.extent(), callers })
    }

    /// The module behind calls, and their blocks.
    fn walk(&self, calls: &[&str]) -> Option<(Rc<Module>, Vec<Extent>)> {
        let mut module = self.module(&self.directory);
        let mut callers = Vec::new();
        for (depth, name) in calls.iter().enumerate() {
            let call = module.calls.iter().find(|call| call.name == *name)?;
            callers.push(call.place.extent());
            let source = plain(call.body.attribute("source")).filter(|source| is_local(source));
            let directory = match source {
                Some(source) => join(&module.directory, &source),
                None => join(&self.directory, self.manifest.directory(calls.get(..=depth)?)?),
            };
            module = self.module(&directory);
        }
        Some((module, callers))
    }

    fn module(&self, directory: &str) -> Rc<Module> {
        let mut modules = self.modules.borrow_mut();
        let module = modules
            .entry(directory.to_owned())
            .or_insert_with(|| Rc::new(Module::read(self.files, directory)));
        Rc::clone(module)
    }
}
