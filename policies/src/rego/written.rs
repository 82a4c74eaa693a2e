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

#[cfg(test)]
mod tests {
    use super::super::compat::{self, Dialect};
    use super::{Written, needed};

    fn written(text: &str) -> Written {
        let parsed = compat::parse("m.rego", text, Dialect::V1).expect(text);
        parsed.for_machine().expect("it is for the machine")
    }

    /// Which rules of a library are kept for a rule with this body; none where the library is left out.
    fn check(body: &str, expected: Option<&[&str]>) {
        let library = written(
            "package lib.net\n\nopen(x) if x in worlds\n\nopen(x) if count([y | some y in input.l]) > x\n\n\
             worlds := {\"0.0.0.0/0\"}\n\nlast := 1\n",
        );
        let module =
            written(&format!("package r\n\nimport data.lib.net\n\ndeny contains 1 if {{ {body} }}\n"));
        let found = needed([&module].into_iter(), &[("net.rego", &library)]);
        let kept = found.first().map(|(_, text)| {
            let heads = text.lines().filter(|line| !line.starts_with("package") && !line.is_empty());
            heads.map(|line| line.split([' ', '(', '[']).next().unwrap_or_default()).collect::<Vec<_>>()
        });
        assert_eq!(kept.as_deref(), expected, "{body}");
    }

    #[test]
    fn what_is_referred_to_is_kept_with_what_that_refers_to() {
        check("input.a == 1", None);
        check("net.last == 1", Some(&["last"]));
        check("net.open(input.a)", Some(&["open", "open", "opa_1", "worlds"]));
    }

    #[test]
    fn where_it_cannot_be_told_all_is_kept() {
        let all = ["open", "open", "opa_1", "worlds", "last"];
        check("some x in [\"last\"]; net[x] == 1", Some(&all));
        check("data.lib[input.a].last == 1", Some(&all));
    }
}
