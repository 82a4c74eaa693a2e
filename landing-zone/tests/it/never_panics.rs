//! Whatever is in a file, reading it ends with a value or with diagnostics, and never with a panic.

use crate::{RULES, STACKS, ZONE, account, infra, read_zone};
use landing_zone::{Diagnostic, Diagnostics, Region, Scope, Source, StackFile, StageName, Zone};
use proptest::prelude::*;
use std::sync::LazyLock;

static ALLOWED: LazyLock<Zone> = LazyLock::new(|| read_zone(RULES));

const EXPRESSIONS: &str = include_str!("wrong/stacks/expressions.hcl");
const TYPES: &str = include_str!("wrong/zone/types.hcl");

/// Reads a text both ways, renders what is said, and evaluates what can be.
fn exercise(text: &str) {
    let source = Source::new("f.hcl", text);
    settle(&source, Zone::parse(&source));
    if let Some(file) = settle(&source, StackFile::parse(&source, &ALLOWED, &infra())) {
        let account = account("222222222222", "dev", None, &[("a", "b")]);
        let (stage, region) = (StageName::parse("dev").unwrap(), Region::parse("us-east-1").unwrap());
        let repository = infra();
        let scope =
            Scope { account: &account, stage: &stage, region: &region, commit: "0", repository: &repository };
        for stack in &file.stacks {
            if let Err(found) = stack.inputs(&scope) {
                assert!(!found.render(&source, false).is_empty());
            }
        }
    }
}

fn settle<T>(source: &Source, result: Result<(T, Vec<Diagnostic>), Diagnostics>) -> Option<T> {
    match result {
        Ok((value, _)) => Some(value),
        Err(found) => {
            assert!(found.render(source, false).contains("error"));
            assert!(found.iter().all(|d| source.text.get(d.span.clone()).is_some()));
            assert!(!found.to_string().contains("fault of Wayleave"), "{found}");
            None
        }
    }
}

/// Pieces of HCL, so that random texts get past the first character.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "stack \"a\" {\n", "stage \"dev\" {\n", "organization {\n", "variables = {\n", "engine = ",
    "path = ", "x = ", "\"terraform\"", "\"a\"", "}\n", "{", "[", "]", "(", ")", "\n", ",", "=", "?",
    ":", ".", "*", "..", "...", "=>", "for x in ", "if ", "account", "account.tags", "stage.name",
    "region", "[0]", ".*", "[*]", "upper(", "join(", "merge(", "\"${", "%{ if ", "%{ for x in ",
    "%{ endfor }", "~}", "}\"", "<<EOT\n", "<<-EOT\n", "EOT\n", "1", "-9223372036854775808", "1e308",
    "18446744073709551615", "-", "!", "+", "%", "/", "&&", "==", "null", "true", "env(\"X\")", "# c\n",
    "/*", "*/", "é", "\u{0}", "\r\n", "\t", "\\", "$${", "depends_on = [\"a\"]\n",
];

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PIECES)
}

/// A valid file in which some bytes were cut, and something was put in their place.
fn mutation() -> impl Strategy<Value = String> {
    let file = prop::sample::select(vec![ZONE, STACKS, RULES, EXPRESSIONS, TYPES]);
    let edits =
        prop::collection::vec((any::<prop::sample::Index>(), 0..12usize, prop::option::of(piece())), 1..5);
    (file, edits).prop_map(|(file, edits)| {
        let mut text = file.to_owned();
        for (at, length, piece) in edits {
            let characters: Vec<char> = text.chars().collect();
            let start = at.index(characters.len() + 1);
            let end = (start + length).min(characters.len());
            text = characters[..start].iter().collect::<String>()
                + piece.unwrap_or_default()
                + &characters[end..].iter().collect::<String>();
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn on_any_text(text in any::<String>()) {
        exercise(&text);
    }

    #[test]
    fn on_any_sequence_of_pieces(pieces in prop::collection::vec(piece(), 0..40)) {
        exercise(&pieces.concat());
    }

    #[test]
    fn on_any_expression(pieces in prop::collection::vec(piece(), 0..12)) {
        let expression = pieces.concat();
        exercise(&format!("stack \"a\" {{\nengine = \"terraform\"\npath = \"a\"\nvariables = {{ x = {expression} }}\n}}\n"));
    }

    #[test]
    fn on_any_mutation_of_a_file(text in mutation()) {
        exercise(&text);
    }
}

#[test]
fn on_deep_nesting() {
    for (open, close) in
        [("[", "]"), ("(", ")"), ("{ a = ", "}"), ("!", ""), ("-", ""), ("upper(", ")"), ("1 + ", "")]
    {
        for depth in [10, 60, 70, 100_000] {
            let expression = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            exercise(&format!(
                "stack \"a\" {{\nengine = \"terraform\"\npath = \"a\"\nvariables = {{ x = {expression} }}\n}}\n"
            ));
        }
    }
    exercise(&"a {\n".repeat(100_000));
    exercise(&"x = \"${".repeat(10_000));
}

#[test]
fn on_a_file_that_is_too_large() {
    exercise(&" ".repeat(2 << 20));
}
