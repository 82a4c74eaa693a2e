//! What the `policy` block means.

use crate::{RULES, read_zone};
use landing_zone::{Diagnostics, Policy, Source, StageName, Zone};
use policies::{Bundle, Pack, PackError, PackSource, RuleId, Settings, Severity};
use serde_json::json;

const COMMIT: &str = "0123456789012345678901234567890123456789";

fn stage(name: &str) -> StageName {
    StageName::parse(name).unwrap()
}

fn policy(block: &str) -> Policy {
    read_zone(&format!("{RULES}\npolicy {{\n{block}\n}}\n")).policy
}

fn ids(ids: &[RuleId]) -> Vec<&str> {
    ids.iter().map(RuleId::as_str).collect()
}

#[test]
fn packs_are_named_as_for_the_scanner() {
    let read = policy(&format!(
        r#"packs = ["builtin", "rules/aws", "https://rules.example/r.git//aws?ref={COMMIT}"]"#
    ));
    let [PackSource::Builtin, PackSource::Directory(directory), PackSource::Git(git)] = read.packs.as_slice()
    else {
        panic!("{:?}", read.packs)
    };
    assert_eq!(directory, "rules/aws");
    assert_eq!((git.url.as_str(), git.directory.as_deref()), ("https://rules.example/r.git", Some("aws")));
    let shown = serde_json::to_value(&read).unwrap();
    let git = format!("git::https://rules.example/r.git//aws?ref={COMMIT}");
    assert_eq!(shown["packs"], json!(["builtin", "rules/aws", git]));
}

#[test]
fn parameters_and_severities_are_set_by_rule() {
    let read = policy(
        r#"
        severities = { "WL-A-1" = "low" }
        rule "WL-A-2" {
          severity   = "high"
          parameters = { ports = [22, -1, 1.5], cidrs = ["10.0.0.0/8"], on = true, tags = { owner = "a" } }
        }
        "#,
    );
    let settings = &read.settings;
    assert_eq!(settings.severities[&RuleId::new("WL-A-1")], Severity::Low);
    assert_eq!(settings.severities[&RuleId::new("WL-A-2")], Severity::High);
    assert_eq!(
        serde_json::Value::from(settings.parameters[&RuleId::new("WL-A-2")].clone()),
        json!({ "ports": [22, -1, 1.5], "cidrs": ["10.0.0.0/8"], "on": true, "tags": { "owner": "a" } })
    );
    assert!(read.stages.is_empty());
}

#[test]
fn a_stage_adds_to_what_is_skipped_and_replaces_what_is_selected() {
    let read = policy(
        r#"
        rules      = ["WL-A-1", "WL-A-2"]
        skip       = ["WL-A-3"]
        categories = ["IAM"]
        rule "WL-A-1" {
          severity   = "low"
          parameters = { a = 1, b = 2 }
        }
        stage "dev" {
          rules           = ["WL-A-4"]
          skip            = ["WL-A-5"]
          skip_frameworks = ["cis-aws-3.0"]
          rule "WL-A-1" { parameters = { b = 3 } }
        }
        "#,
    );
    let (dev, stg) = (&read.stages[&stage("dev")], &read.settings);
    assert!(!read.stages.contains_key(&stage("stg")), "it has no block, so that what is set for all counts");
    assert_eq!((ids(&stg.only.ids), ids(&stg.skip.ids)), (vec!["WL-A-1", "WL-A-2"], vec!["WL-A-3"]));
    assert_eq!((ids(&dev.only.ids), ids(&dev.skip.ids)), (vec!["WL-A-4"], vec!["WL-A-3", "WL-A-5"]));
    assert_eq!((&dev.only.categories, &stg.skip.frameworks), (&vec!["IAM".to_owned()], &Vec::new()));
    assert_eq!(dev.skip.frameworks, ["cis-aws-3.0"]);
    let rule = RuleId::new("WL-A-1");
    assert_eq!(serde_json::Value::from(dev.parameters[&rule].clone()), json!({ "a": 1, "b": 3 }));
    assert_eq!(dev.severities[&rule], Severity::Low);
}

/// One rule, `WL-T-1`, of the category `tables`, with a list of numbers as its parameter.
const RULE: &str = "# METADATA
# scope: package
# title: A table
# description: Why.
# custom:
#   id: WL-T-1
#   severity: high
#   category: tables
#   engines: [terraform]
#   remedy: Do.
#   parameters:
#     ports:
#       description: Ports.
#       default: [22]
package t.tables

deny contains {\"address\": t.address, \"message\": \"m\"} if some t in input.resources.aws_dynamodb_table
";

fn errors(settings: &Settings) -> Vec<policies::SettingsError> {
    let pack = Pack::new("t", [("t.rego".to_owned(), RULE.to_owned())]);
    match Bundle::from_packs([pack], settings) {
        Err(PackError::Settings(errors)) => errors,
        other => panic!("{:?}", other.map(|_| ())),
    }
}

#[test]
fn what_fits_no_rule_is_shown_in_its_place() {
    let text = format!(
        "{RULES}\n{}",
        r#"policy {
  skip       = ["WL-T-2", "XX-1"]
  categories = ["tabels"]
  severities = { "WL-T-9" = "low" }
  rule "WL-T-1" { parameters = { port = [1], ports = ["a"] } }
  stage "dev" {
    frameworks = ["cis"]
    rule "WL-T-4" { severity = "low" }
  }
}
"#
    );
    let source = Source::new("zone.hcl", &text);
    let policy = Zone::parse(&source).unwrap().0.policy;
    let dev = stage("dev");
    let found = policy.explain(Some(&dev), &errors(&policy.stages[&dev]));
    insta::assert_snapshot!(Diagnostics::new(found).unwrap().render(&source, false));
    // What is written for one stage is no error of another.
    let found = policy.explain(None, &errors(&policy.settings));
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn a_block_that_leaves_no_rule_is_shown() {
    let text = format!("{RULES}\npolicy {{\n  stage \"dev\" {{ skip = [\"WL-T-1\"] }}\n}}\n");
    let source = Source::new("zone.hcl", &text);
    let policy = Zone::parse(&source).unwrap().0.policy;
    let dev = stage("dev");
    let found = policy.explain(Some(&dev), &errors(&policy.stages[&dev]));
    insta::assert_snapshot!(Diagnostics::new(found).unwrap().render(&source, false));
}

#[test]
fn findings_are_selected_by_severity_and_suppressions_may_be_ignored() {
    let read = policy(
        r#"
        min_severity = "medium"
        stage "dev" { min_severity = "high" }
        stage "prd" { suppressions = false }
        "#,
    );
    let of = |settings: &Settings| (settings.min_severity, settings.ignore_suppressions);
    assert_eq!(of(&read.settings), (Some(Severity::Medium), false));
    assert_eq!(of(&read.stages[&stage("dev")]), (Some(Severity::High), false));
    assert_eq!(of(&read.stages[&stage("prd")]), (Some(Severity::Medium), true));
}

#[test]
fn a_stage_may_heed_suppressions_that_the_zone_ignores() {
    let read = policy("suppressions = false\nstage \"dev\" { suppressions = true }");
    assert!(read.settings.ignore_suppressions);
    assert!(!read.stages[&stage("dev")].ignore_suppressions);
}

#[test]
fn what_refuses_a_plan_cannot_be_left_out() {
    let text = format!("{RULES}\npolicy {{\n  fail_on = \"low\"\n  min_severity = \"medium\"\n}}\n");
    let source = Source { name: "zone.hcl".into(), text };
    let wrong = Zone::parse(&source).unwrap_err();
    insta::assert_snapshot!(wrong.render(&source, false));
}
