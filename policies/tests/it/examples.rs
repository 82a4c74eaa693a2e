//! Every rule on its own examples: the bad one fires this rule and no other, the good one is silent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::BUILTIN;
use policies::{Bundle, Engine, Input, Rule, Scan};

fn examples_of(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packs").join(rule.path().trim_end_matches(".rego"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn scan(bundle: &Bundle, directory: &Path, stem: &str, engine: Engine) -> Scan {
    match engine {
        Engine::Terraform => {
            let text = read(&directory.join(format!("{stem}.plan.json")));
            bundle.scan(&Input::Plan { json: &serde_json::from_str(&text).expect("is JSON") })
        }
        Engine::CloudFormation => {
            let text = read(&directory.join(format!("{stem}.yaml")));
            bundle.scan(&Input::Template { path: "t.yaml", text: &text, parameters: &BTreeMap::new() })
        }
    }
}

#[test]
fn bad_examples_fire_their_rule_alone_and_good_ones_none() {
    let bundle = &*BUILTIN;
    for rule in bundle.rules() {
        for engine in &rule.metadata().engines {
            let context = format!("{} on {}", rule.path(), engine.as_str());
            let bad = scan(bundle, &examples_of(rule), "bad", *engine);
            let fired: BTreeSet<_> = bad.findings.iter().map(|finding| &finding.rule).collect();
            assert_eq!(fired, BTreeSet::from([&rule.metadata().id]), "bad: {context}: {bad:#?}");
            assert_eq!(bad.errors, [], "bad: {context}");
            let good = scan(bundle, &examples_of(rule), "good", *engine);
            assert_eq!(good, Scan::default(), "good: {context}");
        }
    }
}

#[test]
fn every_finding_names_a_resource_of_the_input_and_its_line() {
    let bundle = &*BUILTIN;
    for rule in bundle.rules().iter().filter(|rule| rule.metadata().engines.contains(&Engine::CloudFormation))
    {
        for finding in scan(bundle, &examples_of(rule), "bad", Engine::CloudFormation).findings {
            let line = finding.location.as_ref().map(|location| location.line).expect("a template has lines");
            let text = read(&examples_of(rule).join("bad.yaml"));
            assert_eq!(
                text.lines().nth(line - 1).map(str::trim),
                Some(format!("{}:", finding.address).as_str())
            );
            assert!(finding.resource_type.starts_with("AWS::"), "{finding:?}");
        }
    }
}

#[test]
fn the_pack_is_complete_and_its_digest_names_it() {
    let bundle = &*BUILTIN;
    assert!(bundle.rules().len() >= 14);
    assert!(bundle.digest().starts_with("sha256:") && bundle.digest().len() == 71);
    assert_eq!(bundle.digest(), Bundle::builtin().expect("the pack compiles").digest());
    let listed: Vec<_> = bundle
        .rules()
        .iter()
        .map(|rule| {
            let metadata = rule.metadata();
            format!("{:<20} {:<6} {}", metadata.id, metadata.severity, metadata.title)
        })
        .collect();
    insta::assert_snapshot!(listed.join("\n"));
}
