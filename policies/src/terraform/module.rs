//! What the files of one directory declare, all of them taken together.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use hcl_edit::expr::Expression;

use super::parse;
use super::syntax::{Block, Body, Place};
use crate::scan::ScanError;
use crate::source::{Files, join};

/// A directory's declarations.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) directory: String,
    pub(super) variables: BTreeMap<String, Body>,
    pub(super) locals: HashMap<String, Expression>,
    pub(super) outputs: BTreeMap<String, Declared>,
    /// Managed resources, data sources and ephemeral ones, in the order of files and lines.
    pub(super) resources: Vec<Declared>,
    /// Numbers of `resources`, by what they are referred to with.
    by_name: HashMap<(Mode, String, String), usize>,
    pub(super) calls: Vec<Declared>,
    pub(super) providers: Vec<Declared>,
    /// `terraform` blocks.
    pub(super) settings: Vec<Declared>,
    pub(super) errors: Vec<ScanError>,
}

/// A block at the top of a file.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) mode: Mode,
    /// The type of a resource; empty for all else.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) body: Body,
    pub(super) place: Place,
}

/// What a block declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    Managed,
    Data,
    Ephemeral,
    /// Anything that is no resource.
    Other,
}

impl Declared {
    /// The address within the module, without keys.
    pub(super) fn address(&self) -> String {
        match self.mode {
            Mode::Data => format!("data.{}.{}", self.kind, self.name),
            Mode::Ephemeral => format!("ephemeral.{}.{}", self.kind, self.name),
            Mode::Managed => format!("{}.{}", self.kind, self.name),
            Mode::Other => self.name.clone(),
        }
    }
}

impl Module {
    /// Reads all files of a directory. What cannot be read is among the `errors`; an empty directory is an empty module.
    pub(super) fn read(files: &dyn Files, directory: &str) -> Self {
        let mut module = Self { directory: directory.to_owned(), ..Self::default() };
        let mut overrides = Vec::new();
        for name in file_names(files, directory) {
            let path = join(directory, &name);
            match files
                .read(&path)
                .map_err(|error| unreadable(&error))
                .and_then(|text| parse::parse(&path, &text))
            {
                Ok(body) if is_override(&name) => overrides.push((Arc::from(path), body)),
                Ok(body) => module.declare(&Arc::from(path), body),
                Err(error) => module.errors.push(error),
            }
        }
        for (path, body) in overrides {
            module.overlay(&path, body);
        }
        module.index();
        module
    }

    /// The number among `resources` of the one that is referred to with these words.
    pub(super) fn find(&self, mode: Mode, kind: &str, name: &str) -> Option<usize> {
        self.by_name.get(&(mode, kind.to_owned(), name.to_owned())).copied()
    }

    fn index(&mut self) {
        for (number, resource) in self.resources.iter().enumerate() {
            let key = (resource.mode, resource.kind.clone(), resource.name.clone());
            self.by_name.entry(key).or_insert(number);
        }
    }

    fn declare(&mut self, file: &Arc<str>, body: Body) {
        for block in body.blocks {
            self.declare_block(file, block);
        }
    }

    fn declare_block(&mut self, file: &Arc<str>, block: Block) {
        match block.kind.as_str() {
            "locals" => {
                self.locals.extend(block.body.attributes.into_iter().map(|local| (local.name, local.value)));
            }
            // What a check reads is read in every plan, like any data source.
            "check" => {
                block.body.blocks.into_iter().filter(|nested| nested.kind == "data").for_each(|nested| {
                    self.declare_block(file, nested);
                });
            }
            "resource" => self.declare_resource(Mode::Managed, file, block),
            "data" => self.declare_resource(Mode::Data, file, block),
            "ephemeral" => self.declare_resource(Mode::Ephemeral, file, block),
            "terraform" => self.settings.push(Declared::other(String::new(), file, block)),
            _ => self.declare_named(file, block),
        }
    }

    fn declare_resource(&mut self, mode: Mode, file: &Arc<str>, block: Block) {
        let [kind, name] = block.labels.as_slice() else {
            self.refuse(
                file,
                &block,
                "needs a type and a name: `resource \"aws_s3_bucket\" \"logs\" { ... }`",
            );
            return;
        };
        let (kind, name) = (kind.clone(), name.clone());
        self.resources.push(Declared { mode, kind, ..Declared::other(name, file, block) });
    }

    /// Blocks with one label; those that say nothing about resources (`moved`, `import`, ...) are passed over.
    fn declare_named(&mut self, file: &Arc<str>, block: Block) {
        if !matches!(block.kind.as_str(), "module" | "variable" | "output" | "provider") {
            return;
        }
        let [name] = block.labels.as_slice() else {
            self.refuse(file, &block, "needs exactly one name");
            return;
        };
        let name = name.clone();
        match block.kind.as_str() {
            "variable" => drop(self.variables.insert(name, block.body)),
            "output" => drop(self.outputs.insert(name.clone(), Declared::other(name, file, block))),
            "module" => self.calls.push(Declared::other(name, file, block)),
            _ => self.providers.push(Declared::other(name, file, block)),
        }
    }

    fn refuse(&mut self, file: &Arc<str>, block: &Block, needs: &str) {
        let message = format!("a block `{}` {needs}", block.kind);
        self.errors.push(parse::refused(file, &message, block.lines.first, block.lines.column));
    }

    fn overlay(&mut self, file: &Arc<str>, body: Body) {
        for block in body.blocks {
            let labels = block.labels.clone();
            let found = match (block.kind.as_str(), labels.as_slice()) {
                ("resource", [kind, name]) => self.resource_mut(Mode::Managed, kind, name),
                ("data", [kind, name]) => self.resource_mut(Mode::Data, kind, name),
                ("module", [name]) => named(&mut self.calls, name),
                ("provider", [name]) => named(&mut self.providers, name),
                ("output", [name]) => self.outputs.get_mut(name).map(|output| &mut output.body),
                ("variable", [name]) => self.variables.get_mut(name),
                _ => None,
            };
            match found {
                Some(own) => own.overlay(block.body),
                None => self.declare_block(file, block),
            }
        }
    }

    fn resource_mut(&mut self, mode: Mode, kind: &str, name: &str) -> Option<&mut Body> {
        let mut all = self.resources.iter_mut();
        let found = all.find(|own| own.mode == mode && own.kind == kind && own.name == name);
        found.map(|resource| &mut resource.body)
    }
}

impl Declared {
    fn other(name: String, file: &Arc<str>, block: Block) -> Self {
        let place = Place { file: Arc::clone(file), lines: block.lines };
        Self { mode: Mode::Other, kind: String::new(), name, body: block.body, place }
    }
}

fn named<'a>(declared: &'a mut [Declared], name: &str) -> Option<&'a mut Body> {
    declared.iter_mut().find(|own| own.name == name).map(|own| &mut own.body)
}

fn unreadable(error: &crate::source::ReadError) -> ScanError {
    ScanError::input(
        error.to_string(),
        "make the file readable, or leave it out; everything else was scanned",
    )
}

/// The names of a directory's Terraform files, in Terraform's order. An OpenTofu file hides a Terraform one of its name.
pub(super) fn file_names(files: &dyn Files, directory: &str) -> Vec<String> {
    let mut names: Vec<String> = files
        .list(directory)
        .unwrap_or_default()
        .into_iter()
        .filter(|entry| !entry.is_directory && is_terraform(&entry.name))
        .map(|entry| entry.name)
        .collect();
    names.sort();
    let hidden = |name: &str| {
        let shadow = match name.strip_suffix(".tf") {
            Some(stem) => format!("{stem}.tofu"),
            None => format!("{}.tofu.json", name.strip_suffix(".tf.json")?),
        };
        names.binary_search(&shadow).ok()
    };
    names.iter().filter(|name| hidden(name).is_none()).cloned().collect()
}

/// Whether a file of this name is part of a configuration.
pub(super) fn is_terraform(name: &str) -> bool {
    let is_left_over =
        name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    !is_left_over && stem(name).is_some()
}

fn stem(name: &str) -> Option<&str> {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().find_map(|suffix| name.strip_suffix(suffix))
}

fn is_override(name: &str) -> bool {
    stem(name).is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}
