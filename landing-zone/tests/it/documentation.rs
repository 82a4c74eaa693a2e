//! What the documentation shows is what the reader reads.

use std::path::Path;

use crate::{infra, read_zone};
use landing_zone::{Source, StackFile};

fn page(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks of a language, in order.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    let text = |block: &'a str| block.split_once("\n```").map(|(text, _)| text);
    page.split(&fence).skip(1).map(|block| text(block).expect("the fence is closed")).collect()
}

/// Reads blocks as one `zone.hcl`, then each of the others as a `wayleave.hcl` of its repository.
fn check(page: &str, zone: &[&str], stacks: &[&str]) {
    let zone = read_zone(&zone.join("\n"));
    assert!(!stacks.is_empty(), "{page} shows no stacks");
    for text in stacks {
        let source = Source::new("wayleave.hcl", *text);
        if let Err(found) = StackFile::parse(&source, &zone, &infra()) {
            panic!("{page}: {}", found.render(&source, false));
        }
    }
}

#[test]
fn the_reference_shows_two_whole_files() {
    let page = page("docs/files.md");
    let (zone, stacks) = page.split_once("\n## `wayleave.hcl`").expect("the second file has a section");
    check("docs/files.md", &blocks(zone, "hcl"), &blocks(stacks, "hcl"));
}

#[test]
fn the_readme_shows_two_whole_files() {
    let page = page("README.md");
    let blocks = blocks(&page, "hcl");
    let (zone, stacks) = blocks.split_first().expect("there are two");
    check("README.md", &[zone], stacks);
}

#[test]
fn the_policies_for_roles_are_json() {
    let page = page("docs/aws-roles.md");
    let policies = blocks(&page, "json");
    assert_eq!(policies.len(), 5);
    for text in policies {
        let policy: serde_json::Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(policy["Version"], "2012-10-17");
        assert!(policy["Statement"].is_array());
    }
}
