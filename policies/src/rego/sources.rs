//! The texts of modules, and which of them a rule rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use regorus::rvm::program::Program;

use super::compat::Dialect;
use super::machine;

/// A module as it was written.
#[derive(Clone, Debug)]
struct Source {
    file: String,
    text: String,
    /// For example `data.wayleave.lib.resource`.
    package: String,
}

/// All modules, and the programs that are compiled of them when they are first asked for.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    modules: Vec<Arc<Source>>,
    dialect: Dialect,
    programs: BTreeMap<String, Arc<OnceLock<Option<Arc<Program>>>>>,
    withheld: bool,
}

impl Sources {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { modules: Vec::new(), dialect, programs: BTreeMap::new(), withheld: false }
    }

    pub(super) fn add(&mut self, file: &str, text: &str, package: &str) {
        let (file, text, package) = (file.to_owned(), text.to_owned(), package.to_owned());
        self.modules.push(Arc::new(Source { file, text, package }));
    }

    /// The rule will be asked for as it is written here, so that it is worth a program.
    pub(super) fn offer(&mut self, rule: &str) {
        self.programs.insert(rule.to_owned(), Arc::default());
    }

    /// No rule is for the machine: some read what is in no module.
    pub(super) fn withhold(&mut self) {
        self.withheld = true;
    }

    /// The program of a rule that was offered; none if the machine cannot run it.
    pub(super) fn program(&self, rule: &str) -> Option<&Arc<Program>> {
        self.programs.get(rule).filter(|_| !self.withheld)?.get_or_init(|| self.compile(rule)).as_ref()
    }

    fn compile(&self, rule: &str) -> Option<Arc<Program>> {
        let modules = self.below(rule)?;
        machine::compile(modules.iter().map(|module| (&*module.file, &*module.text)), self.dialect, rule)
    }

    /// The module of a rule with all that it refers to, directly or through others; none where that cannot be told.
    fn below(&self, rule: &str) -> Option<Vec<&Source>> {
        let mut open = vec![rule];
        let mut found = BTreeSet::new();
        while let Some(path) = open.pop() {
            for (index, module) in self.modules.iter().enumerate() {
                if is_at_or_below(path, &module.package) && found.insert(index) {
                    open.extend(references(&module.text)?);
                }
            }
        }
        Some(found.iter().filter_map(|index| self.modules.get(*index)).map(Arc::as_ref).collect())
    }
}

/// Whether one of two paths holds the other.
fn is_at_or_below(path: &str, package: &str) -> bool {
    let holds = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    holds(path, package) || holds(package, path)
}

/// The paths below `data` that a text has, as they are written up to the first bracket that is no string; none where `data` is
/// looked into by a value.
fn references(text: &str) -> Option<Vec<&str>> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    for (at, _) in text.match_indices("data") {
        let (before, written) = text.split_at_checked(at)?;
        if before.ends_with(|letter| is_name(letter) || letter == '.' || letter == '"') {
            continue;
        }
        let rest = written.trim_start_matches("data");
        match rest.chars().next() {
            Some('.') => found.push(path(written)),
            Some('[') => return None,
            _ => {}
        }
    }
    Some(found)
}

/// The path at the start of a text: names, and strings in brackets.
fn path(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter));
        match rest.strip_prefix("[\"").and_then(|inner| inner.split_once("\"]")) {
            Some((_, behind)) => rest = behind,
            None => break,
        }
    }
    text.strip_suffix(rest).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{is_at_or_below, references};

    #[test]
    fn references_are_found_as_written() {
        for (text, expected) in [
            ("import data.a.b as c", Some(vec!["data.a.b"])),
            ("x := data.parameters[\"WL-1\"].ports[0]", Some(vec!["data.parameters[\"WL-1\"].ports"])),
            ("input.data.x; metadata.y; \"data.z\"; data_.q", Some(vec![])),
            ("x := data[input.y]", None),
            ("data.a[x].b", Some(vec!["data.a"])),
        ] {
            assert_eq!(references(text), expected, "{text}");
        }
    }

    #[test]
    fn a_path_needs_the_modules_around_it() {
        for (path, package, expected) in [
            ("data.a.b.c", "data.a.b", true),
            ("data.a", "data.a.b", true),
            ("data.a.b", "data.a.bc", false),
            ("data.parameters[\"X\"].y", "data.parameters[\"X\"]", true),
            ("data.parameters", "data.parameters[\"X\"]", true),
            ("data.parameters[\"X\"]", "data.parameters[\"Y\"]", false),
        ] {
            assert_eq!(is_at_or_below(path, package), expected, "{path} {package}");
        }
    }
}
