//! What the evaluator says against what Terraform says, and what it says about the unknown.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::{EvalError, Scope, Step, evaluate, evaluate_checked, parse_expression};
use crate::source::{Files, Tree};
use crate::terraform::value::Value;

/// `[expression, value]`, or `[expression]` where Terraform refuses it. Each value is what Terraform 1.11 outputs for
/// `jsonencode([<expression>])`, in a directory with the files of [`tree`].
const CONSOLE: &str = include_str!("tests/console.jsonl");

/// `[expression, value]` as [`show`] shows it, and `!` for an error: what is told about values with unknown parts.
const UNKNOWN: &str = include_str!("tests/unknown.jsonl");

/// Files that the expressions read.
fn tree() -> Tree {
    let files = [
        ("a.txt", "hello\nworld\n"),
        ("c.txt", ""),
        ("sub/b.json", "{\"x\": [1, \"y\"]}\n"),
        ("sub/deep/d.json", "{}"),
        (
            "t.tftpl",
            "Hi ${name}!\n%{ for i in items ~}\n- ${i}\n%{ endfor ~}\n%{ if on }on%{ else }off%{ endif }\n$${raw}\n",
        ),
        ("one.tftpl", "${v}"),
        ("strip.tftpl", "%{ for i in items ~}\n  ${ i }\n%{ endfor }\nend\n  ${~ \"x\" ~}\n  y\n"),
    ];
    Tree::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
}

/// `resource.x` and all below it are unknown and come from `resource.x`; nothing else has a value.
struct Place(Tree);

impl Scope for Place {
    fn lookup(&self, root: &str, path: &[Step]) -> Value {
        match (root, path) {
            ("resource", [Step::Attribute(name), ..]) => Value::linked([format!("resource.{name}")].into()),
            _ => Value::unknown(),
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(&self.0)
    }

    fn directory(&self) -> &str {
        "."
    }
}

fn place() -> Place {
    Place(tree())
}

fn value(text: &str) -> Result<Value, EvalError> {
    evaluate_checked(&parse_expression(text)?, &place())
}

/// Numbers are the same however they are written.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (left, right) => left == right,
    }
}

/// Never another value, and never a value where Terraform has none. That a value is not found is allowed where it is
/// said why, and listed here.
#[test]
fn expressions_are_worth_what_terraform_says() {
    let mut wrong = Vec::new();
    let mut unknown = Vec::new();
    for line in CONSOLE.lines() {
        let case: Vec<Json> = serde_json::from_str(line).expect("a line of JSON");
        let expression = case[0].as_str().expect("an expression");
        match (value(expression), case.get(1)) {
            (Ok(Value::Unknown(_)) | Err(EvalError::Limit(_)), _) => unknown.push(expression.to_owned()),
            (Ok(found), Some(expected)) if same(&found.to_json(), expected) => {}
            (Ok(found), Some(expected)) => {
                wrong.push(format!("{expression}: {} is not {expected}", found.to_json()));
            }
            (Ok(found), None) => wrong.push(format!("{expression}: {} is no error", found.to_json())),
            (Err(_), None) => {}
            (Err(error), Some(expected)) => wrong.push(format!("{expression}: {error}, not {expected}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!(unknown.join("\n"));
}

/// A value as JSON, what is unknown as `?` with its links, what encodes JSON as `json(...)`, and sets as such.
fn show(value: &Value) -> String {
    let list = |items: &[Value]| items.iter().map(show).collect::<Vec<_>>().join(", ");
    match value {
        Value::Unknown(unknown) => {
            let links = unknown.links.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            let links = links.replace("resource.", "");
            match (&unknown.json, unknown.attributes.is_empty()) {
                (Some(structure), _) => format!("json({})", show(structure)),
                (None, true) => format!("?{links}"),
                (None, false) => format!("?{links}{}", show(&Value::Object(unknown.attributes.clone()))),
            }
        }
        Value::Set(items) => format!("set({})", list(items)),
        Value::Tuple(items) | Value::List(items) => format!("[{}]", list(items)),
        Value::Object(entries) | Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_json().to_string(),
    }
}

#[test]
fn what_is_certain_is_told_and_nothing_else() {
    for line in UNKNOWN.lines() {
        let [expression, expected]: [String; 2] = serde_json::from_str(line).expect("a line of JSON");
        let found = value(&expression).map_or_else(|_| "!".to_owned(), |value| show(&value));
        assert_eq!(found, expected, "{expression}");
    }
}

#[test]
fn what_is_wrong_is_said_in_words_and_unknown_in_the_end() {
    for (expression, expected) in [
        ("[1][2]", "there is no element 2"),
        ("upper([])", "upper: a string is needed, but this is a tuple"),
        ("upper(1, 2)", "upper does not take 2 arguments"),
        ("1 / 0", "division by zero"),
        ("{}.x", "there is no attribute \"x\""),
        ("1 +", "line 1, column "),
    ] {
        let error = value(expression).expect_err(expression).to_string();
        assert!(error.starts_with(expected), "{expression}: {error}");
    }
    let wrong = parse_expression("[1][2]").expect("parses");
    assert_eq!(evaluate(&wrong, &place()), Value::unknown());
}

#[test]
fn markers_carry_the_structure_of_a_text() {
    let text = value(
        "jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"*\", Resource = resource.a.arn }] })",
    );
    let mut values = serde_json::json!({ "policy": text.expect("a value").to_json() });
    let documents = crate::document::find(&values);
    assert_eq!(documents["policy"]["statements"][0]["actions"], serde_json::json!(["*"]));
    let marks = crate::marker::settle(&mut values);
    assert_eq!(marks.links["policy"], BTreeSet::from(["resource.a".to_owned()]));
}

#[test]
fn what_grows_without_bounds_is_not_found() {
    let doubled =
        (0..40).fold("\"x\"".to_owned(), |text, _| format!("join(\"\", [for i in [1, 2] : {text}])"));
    let listed = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]".to_owned();
    let product = "setproduct(range(1000), range(1000), range(1000))".to_owned();
    let wide = "format(\"%1000000000d\", 1)".to_owned();
    let many = "length(replace(join(\"\", [for i in range(1000) : join(\"\", range(1000))]), \"/(.)/\", join(\"\", range(1000))))";
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    let indented = "indent(1000000000, join(\"\", [for i in range(100) : \"\\n\"]))".to_owned();
    for expression in [doubled, listed, product, wide, many.to_owned(), indented] {
        assert!(
            matches!(value(&expression), Err(EvalError::Limit(_) | EvalError::Wrong(_))),
            "{expression:.60}"
        );
    }
    assert!(value(&deep).is_ok());
    for expression in ["(".repeat(100_000), "-".repeat(100_000), "!".repeat(100_000), "[".repeat(100_000)] {
        assert!(value(&expression).is_err());
    }
    let chained = vec!["1"; 100].join(" + ");
    assert_eq!(value(&chained).map(|value| show(&value)), Ok("100".to_owned()));
}

/// Names that stand for each other without end.
struct Endless;

impl Scope for Endless {
    fn lookup(&self, _: &str, _: &[Step]) -> Value {
        evaluate(&parse_expression("[local.x + 1]").expect("parses"), self)
    }

    fn files(&self) -> Option<&dyn Files> {
        None
    }

    fn directory(&self) -> &str {
        "."
    }
}

#[test]
fn names_without_end_do_not_overflow_the_stack() {
    let expression = parse_expression("local.x").expect("parses");
    assert!(evaluate(&expression, &Endless).has_unknown());
}

/// Pieces of expressions, put together at random.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "1",
        "-",
        "+",
        "/",
        "%",
        "==",
        "?",
        ":",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "*",
        "\"",
        "${",
        "%{ if ",
        "%{ endif }",
        "~}",
        "for x in ",
        " : x",
        "...",
        "=",
        "=>",
        "null",
        "true",
        "resource.a",
        "merge(",
        "join(",
        "format(",
        "\"%s%5.2f\"",
        "cidrsubnet(",
        "\"10.0.0.0/8\"",
        "regex(",
        "substr(",
        "\"é👾\"",
        "<<EOT\n",
        "\nEOT\n",
        "<<-EOT\n  ",
        "[*]",
        "toset(",
        "1e30",
        "-170141183460469231731687303715884105728",
        "\n",
        " ",
        "x",
        "\\u00",
        "flatten(",
        "try(",
        "jsondecode(",
        "yamldecode(",
        "timeadd(",
        "formatdate(",
        "csvdecode(",
        "range(",
        "pow(",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24)
        .prop_map(|pieces| pieces.concat())
}

/// A function with arguments that it may not like.
fn calls() -> impl Strategy<Value = String> {
    let names: BTreeSet<String> = CONSOLE
        .lines()
        .filter_map(|line| Some(line.strip_prefix("[\"")?.split_once('(')?.0.to_owned()))
        .filter(|name| name.chars().all(|character| character.is_ascii_alphanumeric()))
        .collect();
    let values = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "3",
        "1e30",
        "\"\"",
        "\"a\"",
        "\"é👾\"",
        "\"10.0.0.0/8\"",
        "\"%d%s%v\"",
        "[]",
        "[1, \"a\"]",
        "[[], [null]]",
        "{}",
        "{a = 1}",
        "{a = [\"x\"]}",
        "toset([1, 2])",
        "tolist([\"x\"])",
        "resource.a",
        "[resource.a, \"x\"]",
        "toset([resource.a, \"x\"])",
        "\"2020-01-01T00:00:00Z\"",
        "\"-1.5h\"",
        "\"::/0\"",
        "128",
        "\"a: [1\"",
        "\"{\\\"a\\\": 1}\"",
        "\"/(a)/\"",
        "\"a.txt\"",
    ];
    let names = names.into_iter().collect::<Vec<_>>();
    let arguments = proptest::collection::vec(proptest::sample::select(values.to_vec()), 0..5);
    (proptest::sample::select(names), arguments)
        .prop_map(|(name, arguments)| format!("{name}({})", arguments.join(", ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_panics(text in soup()) {
        let _ = value(&text);
        let _ = value(&format!("<<E\n{text}\nE\n"));
    }

    #[test]
    fn no_bytes_panic(text in "\\PC{0,40}") {
        let _ = value(&text);
        let _ = value(&format!("\"{text}\""));
    }

    #[test]
    fn no_call_panics(text in calls()) {
        if let Ok(value) = value(&text) {
            let json = value.to_json();
            let _ = Value::from_json(&json);
        }
    }
}
