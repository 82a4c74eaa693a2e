//! A module as the virtual machine reads it, in pieces, so that a program takes of it what it needs.

use std::collections::{BTreeMap, BTreeSet};

/// A module that was written anew.
#[derive(Debug)]
pub(super) struct Written {
    /// Its package as a dotted path, for example `data.wayleave.lib.resource`.
    pub(super) package: String,
    /// The package and the imports.
    pub(super) head: String,
    pub(super) rules: Vec<WrittenRule>,
}

/// One of the definitions of a rule, with what was made a rule of its own on the way.
#[derive(Debug)]
pub(super) struct WrittenRule {
    pub(super) name: String,
    pub(super) text: String,
    /// What it refers to, by full path.
    pub(super) refers: BTreeSet<String>,
}

impl Written {
    /// The whole module.
    pub(super) fn text(&self) -> String {
        self.text_of(|_| true)
    }

    /// The module with some of its rules.
    fn text_of(&self, is_kept: impl Fn(&str) -> bool) -> String {
        let rules = self.rules.iter().filter(|rule| is_kept(&rule.name)).map(|rule| rule.text.as_str());
        std::iter::once(self.head.as_str()).chain(rules).chain(["\n"]).collect()
    }

    /// The rules that a reference may stand for: one, or all of what holds them.
    fn referred(&self, path: &str) -> impl Iterator<Item = &WrittenRule> {
        let name = below(path, &self.package).map(|below| below.split('.').next().unwrap_or_default());
        let is_whole = path == self.package || below(&self.package, path).is_some();
        let rules = if name.is_some() || is_whole { self.rules.as_slice() } else { &[] };
        rules.iter().filter(move |rule| name.is_none_or(|name| rule.name == name))
    }
}

/// What of a path is below another.
fn below<'a>(path: &'a str, above: &str) -> Option<&'a str> {
    path.strip_prefix(above)?.strip_prefix('.')
}

/// The texts of library modules, by file, with what is needed of them: what `modules` refer to, and what that refers to.
pub(super) fn needed<'a>(
    modules: impl Iterator<Item = &'a Written>,
    libraries: &[(&'a str, &'a Written)],
) -> Vec<(&'a str, String)> {
    let mut open: Vec<&str> =
        modules.flat_map(|module| &module.rules).flat_map(|rule| &rule.refers).map(String::as_str).collect();
    let (mut seen, mut kept) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<&str>>::new());
    while let Some(path) = open.pop() {
        if !seen.insert(path) {
            continue;
        }
        for (file, library) in libraries {
            for rule in library.referred(path) {
                kept.entry(file).or_default().insert(&rule.name);
                open.extend(rule.refers.iter().map(String::as_str));
            }
        }
    }
    let text = |(file, library): &(&'a str, &'a Written)| {
        let kept = kept.get(file)?;
        Some((*file, library.text_of(|name| kept.contains(name))))
    };
    libraries.iter().filter_map(text).collect()
}
