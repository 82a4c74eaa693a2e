//! The texts of modules, and which of them a rule rests on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regorus::rvm::program::Program;

use super::RegoError;
use super::compat::{self, Dialect, Parsed};
use super::machine;
use super::written::{self, Written};

/// A module as it was written.
#[derive(Debug)]
struct Source {
    file: String,
    text: String,
    /// For example `data.wayleave.lib.resource`.
    package: String,
    /// As it was read, until it is written anew for the machine, where most modules will be.
    parsed: Mutex<Option<Parsed>>,
    /// As the interpreter reads it, until it has, if that was written at once.
    for_interpreter: Mutex<Option<String>>,
    /// As the machine reads it; none if it is not for the machine.
    for_machine: OnceLock<Option<Written>>,
}

impl Source {
    /// A module of Rego v1 is seldom read by the interpreter; one of v0 always is, so that it is written for both at once.
    fn new(file: &str, text: &str, package: &str, parsed: Option<Parsed>, dialect: Dialect) -> Self {
        let mut source = Self {
            file: file.to_owned(),
            text: text.to_owned(),
            package: package.to_owned(),
            parsed: Mutex::default(),
            for_interpreter: Mutex::default(),
            for_machine: OnceLock::new(),
        };
        match (parsed, dialect) {
            (Some(parsed), Dialect::V0) => {
                source.for_machine = OnceLock::from(parsed.for_machine());
                source.for_interpreter = Mutex::new(Some(parsed.for_interpreter()));
            }
            (parsed, _) => source.parsed = Mutex::new(parsed),
        }
        source
    }
}

/// Rules that are to be asked at once, and their program.
#[derive(Debug)]
struct Offer {
    entries: Vec<String>,
    program: OnceLock<Option<Arc<Program>>>,
}

/// Some of all modules with their files, by their places among them.
type Modules<'a> = BTreeMap<usize, (&'a str, &'a Written)>;

/// All modules, and the programs that are compiled of them when they are first asked for.
#[derive(Debug)]
pub(super) struct Sources {
    modules: Vec<Arc<Source>>,
    /// The places of the modules among them, by package.
    packages: BTreeMap<String, Vec<usize>>,
    dialect: Dialect,
    offers: BTreeMap<String, Offer>,
    withheld: bool,
}

impl Clone for Sources {
    /// Modules are added to clones, each its own, so that what was compiled of some is not what another would compile.
    fn clone(&self) -> Self {
        let fresh = |offer: &Offer| Offer { entries: offer.entries.clone(), program: OnceLock::new() };
        Self {
            modules: self.modules.clone(),
            packages: self.packages.clone(),
            dialect: self.dialect,
            offers: self.offers.iter().map(|(name, offer)| (name.clone(), fresh(offer))).collect(),
            withheld: self.withheld,
        }
    }
}

impl Sources {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            modules: Vec::new(),
            packages: BTreeMap::new(),
            dialect,
            offers: BTreeMap::new(),
            withheld: false,
        }
    }

    pub(super) fn add(&mut self, file: &str, text: &str, package: &str, parsed: Option<Parsed>) {
        self.packages.entry(package.to_owned()).or_default().push(self.modules.len());
        self.modules.push(Arc::new(Source::new(file, text, package, parsed, self.dialect)));
    }

    /// These rules will be asked for at once, by this name, so that they are worth a program.
    pub(super) fn offer(&mut self, name: &str, entries: Vec<String>) {
        self.offers.insert(name.to_owned(), Offer { entries, program: OnceLock::new() });
    }

    /// No rule is for the machine: some read what is in no module.
    pub(super) fn withhold(&mut self) {
        self.withheld = true;
    }

    /// The program of rules that were offered by this name; none if the machine can run none of them. It answers with a set of pairs of
    /// entry and answer. What the machine cannot run is not in it.
    pub(super) fn program(&self, name: &str) -> Option<&Arc<Program>> {
        let offer = self.offers.get(name).filter(|_| !self.withheld)?;
        offer.program.get_or_init(|| self.compile(&offer.entries)).as_ref()
    }

    fn compile(&self, entries: &[String]) -> Option<Arc<Program>> {
        let (mut modules, mut fit) = (BTreeMap::new(), Vec::new());
        for entry in entries {
            if let Some(below) = self.below(entry) {
                modules.extend(below);
                fit.push(entry.as_str());
            }
        }
        if fit.is_empty() {
            return None;
        }
        let (own, libraries): (Modules<'_>, Modules<'_>) =
            modules.into_iter().partition(|(index, _)| self.holds_any(*index, &fit));
        let libraries: Vec<_> = libraries.into_values().collect();
        let libraries = written::needed(own.values().map(|(_, module)| *module), &libraries);
        let own = own.values().map(|(file, module)| (*file, module.text()));
        machine::compile(self.dialect, libraries.into_iter().chain(own), &fit)
    }

    /// Whether one of the rules stands in a module.
    fn holds_any(&self, index: usize, rules: &[&str]) -> bool {
        let package = self.modules.get(index).map_or("", |module| module.package.as_str());
        rules.iter().any(|rule| rule.rsplit_once('.').is_some_and(|(holder, _)| holder == package))
    }

    /// The modules of a rule with all that it refers to, directly or through others, as the machine reads them; none where that cannot
    /// be told, one of them is not for the machine, or they go round in a circle.
    fn below(&self, rule: &str) -> Option<Modules<'_>> {
        let mut found = BTreeMap::new();
        self.collect(rule, &mut Vec::new(), &mut found)?;
        Some(found)
    }

    fn collect<'a>(&'a self, path: &str, above: &mut Vec<usize>, found: &mut Modules<'a>) -> Option<()> {
        for index in self.around(path) {
            let module = self.modules.get(index)?;
            if above.last() == Some(&index) {
                continue;
            }
            if above.contains(&index) {
                return None;
            }
            if found.insert(index, (module.file.as_str(), self.for_machine(module)?)).is_none() {
                above.push(index);
                for referred in references(&module.text)? {
                    self.collect(referred, above, found)?;
                }
                above.pop();
            }
        }
        Some(())
    }

    /// The places of the modules that a path may be in, or that are below it.
    fn around(&self, path: &str) -> Vec<usize> {
        let below = self.packages.range(path.to_owned()..);
        let below = below.take_while(|(package, _)| package.starts_with(path));
        let below = below.filter(|(package, _)| holds(path, package)).flat_map(|(_, at)| at);
        let ends = path.match_indices(['.', '[']).filter_map(|(end, _)| path.get(..end));
        let above = ends.filter_map(|outer| self.packages.get(outer)).flatten();
        let mut found: Vec<_> = above.chain(below).copied().collect();
        found.sort_unstable();
        found
    }

    /// All modules for the interpreter, by file.
    pub(super) fn for_interpreter(&self) -> impl Iterator<Item = Result<(&str, String), RegoError>> {
        self.modules.iter().map(|module| {
            let written = module.for_interpreter.lock().unwrap_or_else(PoisonError::into_inner).take();
            let text = written.map_or_else(|| Ok(self.parse(module)?.for_interpreter()), Ok)?;
            Ok((module.file.as_str(), text))
        })
    }

    fn parse(&self, module: &Source) -> Result<Parsed, RegoError> {
        compat::parse(&module.file, &module.text, self.dialect)
    }

    #[cfg(test)]
    pub(super) fn is_for_machine(&self, rule: &str) -> bool {
        self.below(rule).is_some()
    }

    fn for_machine<'a>(&self, module: &'a Source) -> Option<&'a Written> {
        let read = || {
            let parsed = module.parsed.lock().unwrap_or_else(PoisonError::into_inner).take();
            parsed.or_else(|| self.parse(module).ok())?.for_machine()
        };
        module.for_machine.get_or_init(read).as_ref()
    }
}

/// Whether one path is, or is within, another.
fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
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
        rest =
            rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter));
        match rest.strip_prefix("[\"").and_then(|inner| inner.split_once("\"]")) {
            Some((_, behind)) => rest = behind,
            None => break,
        }
    }
    text.strip_suffix(rest).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Sources, references};

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
            let mut sources = Sources::new(Dialect::V1);
            sources.add("other.rego", "", "data.other", None);
            sources.add("it.rego", "", package, None);
            assert_eq!(sources.around(path).contains(&1), expected, "{path} {package}");
        }
    }
}
