//! Every rule on its own examples: the bad ones fire this rule, the good ones do not, and good ones fire nothing grave.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::pack::{PACK, examples_of, read, rules};
use policies::source::Tree;
use policies::terraform::Options;
use policies::{Engine, Finding, Input, Rule, Scan, Severity};

/// What an example's name says of it.
const BAD: &str = "bad";
const GOOD: &str = "good";

/// Scans `bad` or `good` of a rule, for one engine. Rules on changes have plans, others are configuration.
fn scan(rule: &Rule, stem: &str, engine: Engine) -> Scan {
    let directory = examples_of(rule);
    let planned = directory.join(format!("{stem}.plan.json"));
    match engine {
        Engine::Terraform if planned.exists() => plan(&planned),
        Engine::Terraform => configuration(&directory, stem),
        Engine::CloudFormation => template(&directory.join(format!("{stem}.yaml"))),
    }
}

fn plan(path: &Path) -> Scan {
    let json =
        serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    PACK.scan(&Input::Plan { json: &json, configuration: None })
}

fn configuration(directory: &Path, stem: &str) -> Scan {
    let text = read(&directory.join(format!("{stem}.tf")));
    let files = Tree::new([("main.tf".to_owned(), text)]);
    PACK.scan(&Input::Terraform { files: &files, directory: "", options: &Options::default() })
}

fn template(path: &Path) -> Scan {
    let (name, text) = (path.display().to_string(), read(path));
    PACK.scan(&Input::Template { path: &name, text: &text, parameters: &BTreeMap::new(), files: None })
}

/// Runs a check over every rule and engine, and says all that is wrong at once.
fn for_every_rule(check: impl Fn(&Rule, Engine) -> Vec<String>) {
    let wrong: Vec<String> = rules()
        .flat_map(|rule| {
            let engines = rule.metadata().engines.iter();
            engines
                .flat_map(|engine| {
                    let context = format!("{} on {}", rule.path(), engine.as_str());
                    check(rule, *engine).into_iter().map(move |problem| format!("{context}: {problem}"))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn own<'a>(rule: &'a Rule, scan: &'a Scan) -> impl Iterator<Item = &'a Finding> {
    scan.findings.iter().filter(|finding| finding.rule == rule.metadata().id)
}

#[test]
fn bad_examples_fire_their_rule_at_its_place() {
    for_every_rule(|rule, engine| {
        let scan = scan(rule, BAD, engine);
        let silent = own(rule, &scan).next().is_none().then(|| "bad: the rule is silent".to_owned());
        let misplaced = own(rule, &scan).filter_map(|finding| misplaced(rule, finding, engine));
        let errors = scan.errors.iter().map(|error| format!("bad: {error}"));
        errors.chain(silent).chain(misplaced).collect()
    });
}

#[test]
fn good_examples_do_not_fire_their_rule_and_nothing_grave() {
    for_every_rule(|rule, engine| {
        let scan = scan(rule, GOOD, engine);
        let grave = scan.findings.iter().filter(|finding| finding.severity >= Severity::High);
        let found: BTreeSet<String> = own(rule, &scan)
            .chain(grave)
            .map(|f| format!("good: {} on {}: {}", f.rule, f.address, f.message))
            .collect();
        scan.errors.iter().map(|error| format!("good: {error}")).chain(found).collect()
    });
}

/// What is wrong with a finding's place, if its input has lines.
fn misplaced(rule: &Rule, finding: &Finding, engine: Engine) -> Option<String> {
    if finding.resource_type.is_empty() {
        return Some(format!("{} is no resource", finding.address));
    }
    let (ending, header) = match engine {
        Engine::Terraform => ("tf", header(finding)),
        Engine::CloudFormation => ("yaml", format!("{}:", finding.address)),
    };
    let source = examples_of(rule).join(format!("{BAD}.{ending}"));
    if !source.exists() {
        return None;
    }
    let line = finding.location.as_ref().map_or(0, |location| location.line);
    let text = read(&source);
    let there = text.lines().nth(line.wrapping_sub(1)).unwrap_or_default().trim();
    let fits = there.starts_with(&header) || there.starts_with("terraform {");
    (!fits).then(|| format!("{} is not at line {line}: {there}", finding.address))
}

/// The first line of a block, from its address: `aws_kms_key.data[0]` is `resource "aws_kms_key" "data"`.
fn header(finding: &Finding) -> String {
    let address = finding.address.split('[').next().unwrap_or_default();
    let parts: Vec<&str> = address.split('.').collect();
    match parts.as_slice() {
        ["module", name] => format!("module \"{name}\""),
        ["provider", name, ..] => format!("provider \"{name}\""),
        ["data", kind, name] => format!("data \"{kind}\" \"{name}\""),
        [kind, name] => format!("resource \"{kind}\" \"{name}\""),
        _ => address.to_owned(),
    }
}

#[test]
fn every_rule_is_named_after_its_directory() {
    for rule in rules() {
        let directory =
            rule.path().split('/').rev().nth(1).unwrap_or_default().to_uppercase().replace('_', "");
        let id = rule.metadata().id.to_string();
        let (front, number) = id.rsplit_once('-').unwrap_or_default();
        let fits = [format!("WL-AWS-{directory}"), "WL-TF".to_owned()].contains(&front.to_owned());
        assert!(fits && number.len() == 3 && number.parse::<u16>().is_ok(), "{}: {id}", rule.path());
    }
}
