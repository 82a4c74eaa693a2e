//! What the documentation says of the rules is what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::BUILTIN;
use policies::{Bundle, Engine, Input, Severity};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policies.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_table_is_true() {
    let page = page();
    let rules = BUILTIN.rules().iter().map(|rule| {
        let about = rule.metadata();
        let engines: Vec<&str> = about.engines.iter().copied().map(Engine::as_str).collect();
        format!("| `{}` | {} | {} | {} |", about.id, about.severity, about.title, engines.join(", "))
    });
    let rules: BTreeSet<String> = rules.collect();
    for row in page.lines().filter(|line| line.starts_with("| `WL-")) {
        assert!(rules.contains(row), "docs/policies.md: {row}");
    }
}

#[test]
fn the_rule_that_is_shown_finds_what_it_says() {
    let page = page();
    let shown = page.split("\n```rego\n").nth(1).and_then(|rest| rest.split_once("\n```"));
    let (text, _) = shown.expect("a rule is shown");
    let bundle = Bundle::from_files([("protected.rego".to_owned(), text.to_owned())]).expect("it compiles");
    let found = |properties: &str| {
        let text = format!("Resources: {{T: {{Type: AWS::DynamoDB::Table, Properties: {properties}}}}}");
        let scan = bundle.scan(&Input::Template {
            path: "t.yaml",
            text: &text,
            parameters: &BTreeMap::new(),
            files: None,
        });
        assert!(scan.errors.is_empty(), "{:?}", scan.errors);
        scan.at_or_over(Severity::Low).count()
    };
    let protected = found("{DeletionProtectionEnabled: true}");
    assert_eq!((found("{}"), found("{DeletionProtectionEnabled: false}"), protected), (1, 1, 0));
}
