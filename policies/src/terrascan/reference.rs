//! Where a text refers to something, by the patterns of Terrascan's that stand in the comments: anywhere in the text,
//! with or without `${…}` around.

use std::ops::Range;

/// What a text refers to, first of all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    /// A variable of a called module.
    Module { place: Range<usize>, module: &'a str, variable: &'a str },
    /// A local value.
    Local { place: Range<usize>, name: &'a str },
    /// A key of a table.
    Lookup { table: &'a str, key: &'a str },
    /// A variable.
    Variable { place: Range<usize>, name: &'a str },
}

/// The reference that Terrascan resolves first.
pub(super) fn first(text: &str) -> Option<Reference<'_>> {
    // All of them have one of these in the middle; most texts have none.
    if !text.contains(['.', '(']) {
        return None;
    }
    module(text).or_else(|| local(text)).or_else(|| lookup(text)).or_else(|| variable(text))
}

/// Whether Terrascan holds a text for something that is still to be resolved.
pub(super) fn is_open(text: &str) -> bool {
    // `\$\{.*\}`, within a line
    let interpolation =
        |line: &str| line.find("${").is_some_and(|at| line.get(at..).is_some_and(|rest| rest.contains('}')));
    text.lines().any(interpolation) || first(text).is_some()
}

/// `(\$\{)?module\.(?P<module>\w*)\.(?P<variable>\w*)(\})?`
pub(super) fn module(text: &str) -> Option<Reference<'_>> {
    text.match_indices("module.").find_map(|(at, prefix)| {
        let (module, rest) = word(text.get(at + prefix.len()..)?);
        let (variable, _) = word(rest.strip_prefix('.')?);
        let end = at + prefix.len() + module.len() + 1 + variable.len();
        Some(Reference::Module { place: with_braces(text, at..end), module, variable })
    })
}

/// `(\$\{)?local\.(?P<name>\w*)(\})?`
pub(super) fn local(text: &str) -> Option<Reference<'_>> {
    let (place, name) = named(text, "local.")?;
    Some(Reference::Local { place, name })
}

/// `(\$\{)?var\.(?P<name>\w*)(\})?`
pub(super) fn variable(text: &str) -> Option<Reference<'_>> {
    let (place, name) = named(text, "var.")?;
    Some(Reference::Variable { place, name })
}

fn named<'a>(text: &'a str, prefix: &str) -> Option<(Range<usize>, &'a str)> {
    let at = text.find(prefix)?;
    let (name, _) = word(text.get(at + prefix.len()..)?);
    Some((with_braces(text, at..at + prefix.len() + name.len()), name))
}

/// `(\$\{)?lookup\((?P<table>\S+)\,\s*?(?P<key>\S+)\)(\})?`
fn lookup(text: &str) -> Option<Reference<'_>> {
    text.match_indices("lookup(").find_map(|(at, prefix)| {
        let rest = text.get(at + prefix.len()..)?;
        let run = rest.get(..rest.find(char::is_whitespace).unwrap_or(rest.len()))?;
        // As much as possible belongs to the table, so the last comma that fits counts.
        run.rmatch_indices(',').find_map(|(comma, _)| {
            let table = run.get(..comma).filter(|table| !table.is_empty())?;
            let key = rest.get(comma + 1..)?.trim_start();
            let key = key.get(..key.find(char::is_whitespace).unwrap_or(key.len()))?;
            let key = key.get(..key.rfind(')')?).filter(|key| !key.is_empty())?;
            Some(Reference::Lookup { table, key })
        })
    })
}

/// `\w*` at the start, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// With `${` before and `}` behind, each where it stands.
fn with_braces(text: &str, place: Range<usize>) -> Range<usize> {
    let before = text.get(..place.start).is_some_and(|before| before.ends_with("${"));
    let behind = text.get(place.end..).is_some_and(|behind| behind.starts_with('}'));
    place.start - if before { 2 } else { 0 }..place.end + usize::from(behind)
}

/// The text with something else at a place.
pub(super) fn replaced(text: &str, place: &Range<usize>, value: &str) -> String {
    let (before, behind) =
        (text.get(..place.start).unwrap_or_default(), text.get(place.end..).unwrap_or_default());
    [before, value, behind].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_anywhere() {
        for (text, expected) in [
            ("${var.a}", Some(Reference::Variable { place: 0..8, name: "a" })),
            ("x-${var.a}-y", Some(Reference::Variable { place: 2..10, name: "a" })),
            ("${upper(var.a)}", Some(Reference::Variable { place: 8..13, name: "a" })),
            ("envvar.a", Some(Reference::Variable { place: 3..8, name: "a" })),
            ("${var.a}${local.b}", Some(Reference::Local { place: 8..18, name: "b" })),
            (
                "${local.b}${module.m.x}",
                Some(Reference::Module { place: 10..23, module: "m", variable: "x" }),
            ),
            ("module.m", None),
            ("${module.m[0].x}", None),
            ("${lookup(var.t, \"k\")}", Some(Reference::Lookup { table: "var.t", key: "\"k\"" })),
            ("${lookup(var.t,k,d)}", Some(Reference::Lookup { table: "var.t,k", key: "d" })),
            ("plain", None),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }
}
