//! What the documentation says of the rules is what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::BUILTIN;
use policies::{Bundle, Engine, Input, Severity};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policies.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The index of the rules, by service.
fn index() -> String {
    let mut page = "# The builtin rules\n\nMade of the rules' own comments by `make rule-pages`. What a rule is and how one is written: \
        [policies.md](../policies.md).\n"
        .to_owned();
    let mut directory = "";
    for rule in BUILTIN.rules() {
        let about = rule.metadata();
        let here = rule.path().rsplit_once('/').map_or("", |(directory, _)| directory);
        if here != directory {
            directory = here;
            page.push_str(&format!("\n## {here}\n\n| rule | severity | what a good resource does | engines |\n|---|---|---|---|\n"));
        }
        let engines: Vec<&str> = about.engines.iter().copied().map(Engine::as_str).collect();
        let row = format!(
            "| [{0}]({0}.md) | {1} | {2} | {3} |\n",
            about.id,
            about.severity,
            about.title,
            engines.join(", ")
        );
        page.push_str(&row);
    }
    page
}

/// Every rule has its page, and there is no other. `WAYLEAVE_WRITE_PAGES=1` writes them.
#[test]
fn the_pages_of_the_rules_are_current() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policies");
    let mut pages: BTreeMap<String, String> = BUILTIN
        .rules()
        .iter()
        .map(|rule| (format!("{}.md", rule.metadata().id), policies::report::rule::markdown(rule.metadata())))
        .collect();
    pages.insert("README.md".to_owned(), index());
    if std::env::var_os("WAYLEAVE_WRITE_PAGES").is_some() {
        write(&directory, &pages);
    }
    let outdated: Vec<&String> = pages
        .iter()
        .filter(|(name, text)| std::fs::read_to_string(directory.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name)
        .collect();
    assert!(outdated.is_empty(), "run `make rule-pages`; not current: {outdated:?}");
    let written = files(&directory);
    let gone: Vec<&String> =
        written.iter().filter(|name| name.starts_with("WL-") && !pages.contains_key(*name)).collect();
    assert!(gone.is_empty(), "run `make rule-pages`; of rules that are no more: {gone:?}");
}

fn write(directory: &Path, pages: &BTreeMap<String, String>) {
    std::fs::create_dir_all(directory).expect("docs/ is writable");
    for name in files(directory).iter().filter(|name| name.starts_with("WL-") && !pages.contains_key(*name)) {
        std::fs::remove_file(directory.join(name)).expect("docs/policies is writable");
    }
    for (name, text) in pages {
        std::fs::write(directory.join(name), text).expect("docs/policies is writable");
    }
}

fn files(directory: &Path) -> BTreeSet<String> {
    let entries =
        std::fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect()
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
