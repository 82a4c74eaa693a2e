//! The files of one directory, as a module.

use std::collections::{BTreeMap, BTreeSet};

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, BlockLabel, Body};

use super::convert::Converter;
use super::default;
use super::directive::{self, Directives};
use super::syntax::Source;
use super::term::{Fields, Term};
use crate::finding::Extent;
use crate::scan::ScanError;
use crate::source::{Files, join};

/// A directory's variables, local values, module calls and resources.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) variables: BTreeMap<String, Term>,
    pub(super) locals: BTreeMap<String, Term>,
    pub(super) calls: BTreeMap<String, Call>,
    pub(super) resources: Vec<Declared>,
    declared: BTreeSet<(String, String)>,
    lines: bool,
    /// Versions of providers, by name.
    pub(super) required: BTreeMap<String, String>,
    pub(super) configured: BTreeMap<String, String>,
    pub(super) errors: Vec<ScanError>,
}

/// A call of another module.
#[derive(Debug)]
pub(super) struct Call {
    /// Where the module comes from, when that is a text without references.
    pub(super) source: Option<String>,
    /// The directory of the file that calls.
    pub(super) from: String,
    pub(super) arguments: Fields,
    pub(super) extent: Extent,
}

/// A resource as it is written.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) config: Fields,
    pub(super) lines: Fields,
    pub(super) extent: Extent,
    pub(super) directives: Directives,
}

/// The names of a directory's configuration files, in the order in which Terraform reads them; empty when it is no module.
pub(super) fn configuration_files(files: &dyn Files, directory: &str) -> Vec<String> {
    let listed = files.list(directory).unwrap_or_default();
    let names = listed.into_iter().filter(|entry| !entry.is_directory).map(|entry| entry.name);
    let mut names: Vec<String> = names.filter(|name| is_configuration(name)).collect();
    names.sort_by_key(|name| is_override(name));
    names
}

fn is_configuration(name: &str) -> bool {
    let ignored =
        name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    !ignored && (name.ends_with(".tf") || name.ends_with(".tf.json"))
}

fn is_override(name: &str) -> bool {
    let stem = name.strip_suffix(".tf.json").or_else(|| name.strip_suffix(".tf")).unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

impl Module {
    pub(super) fn load(files: &dyn Files, directory: &str, names: &[String], lines: bool) -> Self {
        let mut module = Self { lines, ..Self::default() };
        for name in names {
            let path = join(directory, name);
            match files.read(&path) {
                Ok(_) if name.ends_with(".json") => {}
                Ok(text) => module.read(&Source::new(&path, text), directory, is_override(name)),
                Err(error) => module
                    .errors
                    .push(ScanError::input(error.to_string(), "make it readable, or leave it out")),
            }
        }
        module
    }

    fn read(&mut self, source: &Source, directory: &str, overrides: bool) {
        for piece in source.pieces(&mut self.errors) {
            let converter = Converter { source, piece: &piece };
            for block in piece.body.blocks() {
                self.block(&converter, directory, block, overrides);
            }
        }
    }

    fn block(&mut self, converter: &Converter<'_>, directory: &str, block: &Block, overrides: bool) {
        let labels: Vec<&str> = block.labels.iter().map(BlockLabel::as_str).collect();
        match (block.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) if !overrides => self.resource(converter, kind, name, block),
            ("variable", [name]) => self.variable(converter, name, &block.body, overrides),
            ("module", [name]) if !overrides => self.call(converter, directory, name, block),
            ("locals", []) => self.locals.extend(converter.body(&block.body).value),
            ("provider", [name]) => self.provider(converter, name, &block.body),
            ("terraform", []) => block.body.get_blocks("required_providers").for_each(|inner| {
                self.required_providers(converter, &inner.body);
            }),
            _ => {}
        }
    }

    /// The first of two resources of one name counts.
    fn resource(&mut self, converter: &Converter<'_>, kind: &str, name: &str, block: &Block) {
        if !self.declared.insert((kind.to_owned(), name.to_owned())) {
            return;
        }
        let written = converter.body(&block.body);
        self.resources.push(Declared {
            kind: kind.to_owned(),
            name: name.to_owned(),
            config: written.value,
            lines: if self.lines { written.line } else { Fields::new() },
            extent: converter.source.extent(converter.piece.offset, block),
            directives: directive::read(converter.block_text(block)),
        });
    }

    fn variable(&mut self, converter: &Converter<'_>, name: &str, body: &Body, overrides: bool) {
        let value = |key: &str| body.get_attribute(key).map(|attribute| &attribute.value);
        let default = value("default").and_then(|default| default::read(converter, default, value("type")));
        match default {
            Some(default) => drop(self.variables.insert(name.to_owned(), default)),
            None if overrides => {}
            None => drop(self.variables.remove(name)),
        }
    }

    fn call(&mut self, converter: &Converter<'_>, directory: &str, name: &str, block: &Block) {
        let source = block.body.get_attribute("source").map(|attribute| &attribute.value);
        let call = Call {
            source: source.and_then(Expression::as_str).map(str::to_owned),
            from: directory.to_owned(),
            arguments: converter.attributes(&block.body),
            extent: converter.source.extent(converter.piece.offset, block),
        };
        self.calls.insert(name.to_owned(), call);
    }

    fn provider(&mut self, converter: &Converter<'_>, name: &str, body: &Body) {
        let attributes = converter.attributes(body);
        if let (Some(Term::Text(version)), None) = (attributes.get("version"), attributes.get("alias")) {
            self.configured.entry(name.to_owned()).or_insert_with(|| version.clone());
        }
    }

    fn required_providers(&mut self, converter: &Converter<'_>, body: &Body) {
        for (name, term) in converter.attributes(body) {
            let version = match term {
                Term::Text(version) => Some(version),
                Term::Object(mut fields) => match fields.remove("version") {
                    Some(Term::Text(version)) => Some(version),
                    _ => None,
                },
                _ => None,
            };
            self.required.extend(version.map(|version| (name, version)));
        }
    }

    /// The version of the provider of a resource's type, as Terrascan tells it: the number of the constraint, `0.0.0`
    /// for the newest (it is not asked for), none for a constraint that has no such number.
    pub(super) fn provider_version(&self, kind: &str) -> Option<String> {
        let provider = kind.split('_').next().unwrap_or(kind);
        let constraint = self.required.get(provider).or_else(|| self.configured.get(provider));
        let Some(constraint) = constraint else { return Some("0.0.0".to_owned()) };
        let joined: Vec<&str> = constraint.split(',').map(str::trim).collect();
        let joined = joined.join(",");
        let version = joined.split(' ').nth(1).unwrap_or(&joined);
        let parts: Vec<u64> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        (parts.len() <= 3).then(|| format!("{}.{}.{}", part(0), part(1), part(2)))
    }
}
