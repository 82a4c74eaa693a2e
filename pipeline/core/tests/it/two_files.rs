//! From `zone.hcl` and `wayleave.hcl` to units.

use std::collections::BTreeMap;

use landing_zone::{RepositoryName, Source, StackFile, Zone};
use pipeline_core::planner::{ChangedFiles, Layout, PlanError, touched, units};

const ZONE: &str = r#"
organization {
  management_account = "111111111111"
  region             = "eu-west-1"
}
account "dev" { id = "222222222222" }
account "stg" { id = "333333333333" }
account "prd-a" { id = "444444444444" }
account "prd-b" { id = "555555555555" }
account "prd-c" { id = "666666666666" }

stage "prd" {
  accounts  = ["prd-a", "prd-b", "prd-c"]
  after     = ["stg"]
  approvals = 2
  soak      = "30m"
  wave { max_failures = 1 }
  freeze "year end" {
    from = "2026-12-20T00:00:00+09:00"
    to   = "2027-01-03T00:00:00+09:00"
  }
}
stage "dev" { accounts = ["dev"] }
stage "stg" {
  accounts = ["stg"]
  after    = ["dev"]
}
repository "acme/infra" {
  forge  = "github"
  url    = "https://github.example/acme/infra.git"
  stages = ["dev", "prd"]
}
forge "github" {
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}
"#;

const STACKS: &str = r#"
stack "network" {
  engine    = "terraform"
  path      = "platform/network"
  variables = { cidr = stage.name == "prd" ? "10.8.0.0/16" : "10.1.0.0/16" }
}
stack "session" {
  engine     = "sam"
  path       = "services/session"
  depends_on = ["network"]
}
"#;

fn zone() -> Zone {
    Zone::parse(&Source::new("zone.hcl", ZONE)).unwrap().0
}

fn name() -> RepositoryName {
    RepositoryName::parse("acme/infra").unwrap()
}

fn stacks(text: &str) -> StackFile {
    StackFile::parse(&Source::new("wayleave.hcl", text), &zone(), &name()).unwrap().0
}

fn layout(files: &[&str]) -> Result<Layout, PlanError> {
    let (zone, stacks) = (zone(), stacks(STACKS));
    let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    let change = ChangedFiles { files: Some(&files), previous: Some(&stacks) };
    let touched = touched(&stacks, change, &BTreeMap::new()).unwrap();
    units(&zone, zone.repository(&name()).unwrap(), &[], &stacks, &touched)
}

#[test]
fn a_change_becomes_the_units_of_the_repositorys_stages() {
    let layout = layout(&["platform/network/main.tf"]).unwrap();
    let stages = layout.stages.iter().map(|stage| serde_json::to_string(stage).unwrap());
    let units = layout
        .units
        .iter()
        .map(|unit| format!("{} {} {} {}", unit.stage, unit.wave, unit.account_name, unit.id));
    insta::assert_snapshot!(stages.chain(units).collect::<Vec<_>>().join("\n"), @r#"
    {"name":"dev","after":[],"approvals":0,"soak":"PT0S","max_failures":0,"freezes":[]}
    {"name":"prd","after":["dev"],"approvals":2,"soak":"PT30M","max_failures":1,"freezes":[{"name":"year end","from":"2026-12-19T15:00:00Z","to":"2027-01-02T15:00:00Z"}]}
    dev 1 dev network.222222222222.eu-west-1
    dev 2 dev session.222222222222.eu-west-1
    prd 1 prd-a network.444444444444.eu-west-1
    prd 2 prd-b network.555555555555.eu-west-1
    prd 2 prd-c network.666666666666.eu-west-1
    prd 3 prd-a session.444444444444.eu-west-1
    prd 4 prd-b session.555555555555.eu-west-1
    prd 4 prd-c session.666666666666.eu-west-1
    "#);
    assert!(layout.warnings.is_empty());
}

#[test]
fn what_does_not_concern_a_stack_makes_no_units() {
    let layout = layout(&["README.md"]).unwrap();
    assert!(layout.units.is_empty());
    assert_eq!(layout.stages.len(), 2, "the stages are there all the same");
}

#[test]
fn a_definition_that_only_moves_down_is_the_same() {
    let now = stacks(&format!("# a comment\n\n{STACKS}"));
    let before = stacks(STACKS);
    let change = ChangedFiles { files: Some(&[]), previous: Some(&before) };
    assert!(touched(&now, change, &BTreeMap::new()).unwrap().is_empty());
    let other = stacks(&STACKS.replace("10.8", "10.9"));
    let change = ChangedFiles { files: Some(&[]), previous: Some(&other) };
    let reasons = touched(&now, change, &BTreeMap::new()).unwrap();
    let reasons: Vec<String> = reasons.iter().map(|(stack, reason)| format!("{stack}: {reason}")).collect();
    assert_eq!(reasons, ["network: its definition changed", "session: depends on network"]);
}
