//! Suppressions in comments: `#ts:skip=ID reason`, `#wayleave:skip=ID until=2027-01-31 reason`, and Terrascan's bounds.

use std::collections::BTreeSet;

use super::scope::Scope;
use super::{Directive, Until, Written};
use crate::finding::{Extent, Location, RuleId, Severity};

/// At most this many suppressions of one file are read.
const MAX: usize = 10_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Terrascan,
    Own,
}

/// Every directive of a file, in the order of its lines.
pub(super) fn read(file: &str, text: &str, blocks: &BTreeSet<Extent>) -> Vec<Written> {
    if !text.contains("ts:") && !text.contains("wayleave:") {
        return Vec::new();
    }
    let head = head(text);
    let (mut found, mut top) = (Vec::new(), "");
    for (index, line) in text.lines().enumerate() {
        if !line.is_empty() && !line.starts_with([' ', '\t', '#', '/']) {
            top = line;
        }
        let Some((column, dialect, rest)) = directive(line) else { continue };
        let location = Location { file: file.to_owned(), line: index + 1, column };
        let scope = match blocks.iter().rev().find(|block| block.first <= index + 1 && index < block.last) {
            Some(block) => Scope::Block(block.clone()),
            None if index < head && dialect == Dialect::Own => Scope::File(file.to_owned()),
            None if makes_resources(top) => Scope::Unmade,
            None => Scope::Nowhere,
        };
        let directives = parse(dialect, rest).into_iter();
        found.extend(directives.map(|directive| Written {
            location: location.clone(),
            directive,
            scope: scope.clone(),
            used: false,
        }));
        if found.len() >= MAX {
            break;
        }
    }
    found
}

/// How many lines stand before the first that is neither empty nor a comment.
fn head(text: &str) -> usize {
    let mut in_comment = false;
    let is_code = |line: &str| {
        let line = line.trim();
        if in_comment {
            in_comment = !line.contains("*/");
            return false;
        }
        in_comment = line.starts_with("/*") && !line.contains("*/");
        let is_comment = ["#", "//", "/*", "---"].iter().any(|start| line.starts_with(start));
        !line.is_empty() && !is_comment
    };
    text.lines().position(is_code).unwrap_or(usize::MAX)
}

/// Whether this line, the last above that starts at the first column, is the header of a block that may make resources:
/// one of which the input makes none.
fn makes_resources(top: &str) -> bool {
    ["resource ", "data ", "module "].iter().any(|word| top.starts_with(word))
}

/// The comment's column, whose words it is, and what follows `ts:` or `wayleave:`.
fn directive(line: &str) -> Option<(usize, Dialect, &str)> {
    for (word, dialect) in [("ts:", Dialect::Terrascan), ("wayleave:", Dialect::Own)] {
        for (at, _) in line.match_indices(word) {
            let (before, rest) = (line.get(..at)?, line.get(at + word.len()..)?);
            let marker = before.trim_end();
            if let Some(code) = ["#", "//", "/*"].iter().find_map(|start| marker.strip_suffix(start)) {
                return Some((code.chars().count() + 1, dialect, rest));
            }
        }
    }
    None
}

fn parse(dialect: Dialect, text: &str) -> Vec<Directive> {
    let text = text.trim_end().trim_end_matches("*/").trim_end();
    let Some((word, value)) = text.split_once('=') else { return Vec::new() };
    match (dialect, word.trim()) {
        (_, "skip") => skips(value.trim_start()),
        (Dialect::Terrascan, "maxseverity") => at_most(value).into_iter().collect(),
        (Dialect::Terrascan, "minseverity") => severity(value).map(Directive::AtLeast).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The bound of a `maxseverity`; anything that is no severity says nothing.
pub(super) fn at_most(text: &str) -> Option<Directive> {
    if first_word(text).eq_ignore_ascii_case("none") {
        return Some(Directive::AtMost(None));
    }
    severity(text).map(|bound| Directive::AtMost(Some(bound)))
}

pub(super) fn severity(text: &str) -> Option<Severity> {
    first_word(text).parse().ok()
}

fn first_word(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.trim_matches(['"', '\''])
}

fn skips(text: &str) -> Vec<Directive> {
    let (ids, mut rest) = text.split_at_checked(id_length(text)).unwrap_or((text, ""));
    rest = rest.trim_start();
    let mut until = Until::Always;
    if let Some(dated) = rest.strip_prefix("until=") {
        let (day, reason) = dated.split_once(char::is_whitespace).unwrap_or((dated, ""));
        (until, rest) = (Until::parse(day), reason.trim_start());
    }
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| Directive::Skip { rule: RuleId::new(id), until: until.clone(), comment: rest.to_owned() })
        .collect()
}

/// The bytes of the id at the start. Ids are one word, but for Terrascan's older ones: `AWS.API Gateway.Logging.Medium.0567`.
fn id_length(text: &str) -> usize {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let ends_with_digit =
        |end: usize| text.get(..end).is_some_and(|id| id.ends_with(|c: char| c.is_ascii_digit()));
    if ends_with_digit(word) {
        return word;
    }
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at).chain([text.len()]);
    let mut older = ends.filter(|end| text.get(..*end).is_some_and(is_reference_id));
    older.next().unwrap_or(word)
}

/// Two to five parts of letters, digits and spaces, each with `.` or `-` behind it, and a number.
fn is_reference_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['.', '-']).collect();
    let Some((number, names)) = parts.split_last() else { return false };
    let is_name = |part: &&str| {
        !part.is_empty() && part.chars().all(|letter| letter == ' ' || letter.is_ascii_alphanumeric())
    };
    (2..=5).contains(&names.len())
        && names.iter().all(is_name)
        && !number.is_empty()
        && number.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skip(rule: &str, until: Until, comment: &str) -> Directive {
        Directive::Skip { rule: RuleId::new(rule), until, comment: comment.into() }
    }

    #[test]
    fn directives_are_read_as_they_are_written() {
        let day = || Until::Day(jiff::civil::date(2027, 1, 31));
        let always = || Until::Always;
        for (line, expected) in [
            ("#ts:skip=AC_AWS_0210 a site", vec![skip("AC_AWS_0210", always(), "a site")]),
            ("  # ts:skip=AC_AWS_0210", vec![skip("AC_AWS_0210", always(), "")]),
            (
                "//ts:skip=AWS.S3Bucket.DS.High.1043 x.y-1",
                vec![skip("AWS.S3Bucket.DS.High.1043", always(), "x.y-1")],
            ),
            (
                "#ts:skip=AWS.API Gateway.Logging.Medium.0567 not ours",
                vec![skip("AWS.API Gateway.Logging.Medium.0567", always(), "not ours")],
            ),
            ("/* wayleave:skip=WL-AWS-S3-001 why */", vec![skip("WL-AWS-S3-001", always(), "why")]),
            (
                "x = 1 #wayleave:skip=A-1,B-2 until=2027-01-31 soon",
                vec![skip("A-1", day(), "soon"), skip("B-2", day(), "soon")],
            ),
            ("#wayleave:skip=A-1 until=2027-02-30 soon", vec![skip("A-1", Until::Garbled, "soon")]),
            ("#wayleave:skip=A-1 until=", vec![skip("A-1", Until::Garbled, "")]),
            ("#ts:maxseverity=None", vec![Directive::AtMost(None)]),
            ("#ts:maxseverity=\"LOW\" x", vec![Directive::AtMost(Some(Severity::Low))]),
            ("#ts:minseverity=high", vec![Directive::AtLeast(Severity::High)]),
            ("#ts:minseverity=none", vec![]),
            ("#wayleave:maxseverity=low", vec![]),
            ("#ts:skip=", vec![]),
            ("name = \"hosts:skip=A-1\"", vec![]),
            ("ts:skip=A-1", vec![]),
            ("#ü ts:skip=A-1", vec![]),
        ] {
            let read: Vec<Directive> = super::read("f", line, &BTreeSet::new())
                .into_iter()
                .map(|written| written.directive)
                .collect();
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn the_place_decides_what_is_covered() {
        let text = "# head\n//wayleave:skip=A-1\n#ts:skip=A-2\n\nresource \"a\" \"b\" {\n  #ts:skip=A-3\n}\n#ts:skip=A-4\n\
                    resource \"c\" \"d\" {\n  count = 0\n  #ts:skip=A-5\n}\nlocals {\n  #ts:skip=A-6\n}\n";
        let block = Extent { file: "f".into(), first: 5, last: 7 };
        let read = super::read("f", text, &BTreeSet::from([block.clone()]));
        let scopes: Vec<Scope> = read.into_iter().map(|written| written.scope).collect();
        let file = Scope::File("f".into());
        use Scope::{Block, Nowhere, Unmade};
        assert_eq!(scopes, [file, Nowhere, Block(block), Nowhere, Unmade, Nowhere]);
    }
}
