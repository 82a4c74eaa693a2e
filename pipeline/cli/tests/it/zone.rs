//! `wayleave zone`.

use serde_json::json;

use crate::here::Here;

const ZONE: &str = include_str!("files/zone.hcl");
const STACKS: &str = include_str!("files/wayleave.hcl");

fn good() -> Here {
    Here::new().with("zone.hcl", ZONE).with("repo/wayleave.hcl", STACKS)
}

#[test]
fn a_zone_that_can_be_used_is_told() {
    insta::assert_snapshot!(good().run("zone check --repo repo").shown());
}

#[test]
fn every_fault_is_shown_at_once() {
    let zone = ZONE
        .replace("\"222222222222\"", "222222222222")
        .replace("after     = [\"dev\"]", "after = [\"dve\"]");
    let here = Here::new().with("zone.hcl", &zone);
    insta::assert_snapshot!(here.run("zone check").shown());
    let found = here.run("zone check --format json");
    assert_eq!(found.code, 1);
    let found = found.json();
    let places: Vec<_> =
        found.as_array().unwrap().iter().map(|one| (&one["severity"], &one["line"])).collect();
    assert!(places.contains(&(&json!("error"), &json!(8))), "{places:?}");
}

#[test]
fn a_stacks_file_is_checked_too() {
    let here = Here::new()
        .with("zone.hcl", ZONE)
        .with("wayleave.hcl", &STACKS.replace("engine = \"sam\"", "engine = \"cdk\""));
    insta::assert_snapshot!(here.run("zone check --repo .").shown());
}

#[test]
fn what_is_not_acted_on_yet_is_said() {
    let zone = ZONE.replace("\"github\"", "\"gitlab\"");
    let ran = Here::new().with("zone.hcl", &zone).run("zone check");
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert!(ran.stdout.contains("not yet acted on"), "{}", ran.shown());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    insta::assert_snapshot!(Here::new().run("zone check --zone none.hcl").shown());
}

#[test]
fn units_are_told_without_a_network() {
    let here = good();
    insta::assert_snapshot!(here.run("zone units --repo repo").shown());
    let one = here.run("zone units --repo repo --stage prd --stack session --format json").json();
    let units: Vec<_> = one["units"].as_array().unwrap().iter().map(|unit| &unit["id"]).collect();
    assert_eq!(
        units,
        [&json!("session.333333333333.ap-northeast-2"), &json!("session.444444444444.ap-northeast-2")]
    );
    assert_eq!(one["units"][1]["wave"], json!(4));
}

#[test]
fn what_does_not_exist_is_refused_with_what_does() {
    let here = good();
    for (line, expected) in [
        ("zone units --repo repo --stage stg", "its stages are dev, prd"),
        ("zone units --repo repo --stack db", "its stacks are network, session"),
        ("zone units --repo repo --name acme/other", "it names acme/infra"),
        ("zone units --repo none", "cannot read none/wayleave.hcl, the stacks file of acme/infra"),
        ("zone units", "--repo DIR"),
    ] {
        let ran = here.run(line);
        assert_eq!(ran.code, 1, "{line}: {}", ran.shown());
        assert!(ran.stderr.contains(expected), "{line}: {}", ran.shown());
    }
}

#[test]
fn an_expression_that_fails_for_a_unit_is_shown() {
    let stacks = STACKS.replace("account.name", "account.tags.team");
    let ran = Here::new().with("zone.hcl", ZONE).with("wayleave.hcl", &stacks).run("zone units --repo .");
    assert_eq!(ran.code, 1, "{}", ran.shown());
    assert!(ran.stderr.contains("account.tags.team"), "{}", ran.shown());
}

#[test]
fn accounts_are_those_of_the_file_and_those_that_were_kept() {
    let kept = json!({"at": "2026-03-01T00:00:00Z", "accounts": [
        {"id": "555555555555", "name": "found", "ou": "Workloads/Prod/Late", "tags": {"env": "prd"}}]});
    let zone = ZONE.replace("discover = false", "discover = true");
    let here = Here::new().with("zone.hcl", &zone);
    let alone = here.run("zone accounts --offline");
    assert!(alone.stderr.contains("nothing is kept"), "{}", alone.shown());
    let here = here.with("wayleave-data/organization.json", &kept.to_string());
    insta::assert_snapshot!(here.run("zone accounts --offline").shown());
    let listed = here.run("zone accounts --offline --format json").json();
    assert_eq!(listed["discovered_at"], json!("2026-03-01T00:00:00Z"));
    assert_eq!(listed["accounts"][3]["stages"], json!(["prd"]));
}

#[test]
fn a_stage_that_names_no_account_fails_once_accounts_are_known() {
    let zone = ZONE
        .replace("discover = false", "discover = true")
        .replace("accounts = [\"dev\"]", "accounts = [\"gone\"]");
    let here = Here::new()
        .with("zone.hcl", &zone)
        .with("wayleave-data/organization.json", r#"{"at": "2026-03-01T00:00:00Z", "accounts": []}"#);
    for line in ["zone check", "zone accounts --offline"] {
        let ran = here.run(line);
        assert_eq!(ran.code, 1, "{line}: {}", ran.shown());
        assert!(
            format!("{}{}", ran.stdout, ran.stderr).contains("there is no account \"gone\""),
            "{}",
            ran.shown()
        );
    }
}

#[test]
fn settings_that_fit_no_rule_are_shown() {
    let policy = r#"
policy {
  rule "WL-AWS-S3-02" { severity = "low" }
  stage "prd" { categories = ["Resilence"] }
}
"#;
    let here = Here::new().with("zone.hcl", &without_policy(policy));
    insta::assert_snapshot!(here.run("zone check").shown());
}

/// The zone with another `policy` block.
fn without_policy(policy: &str) -> String {
    let (before, rest) = ZONE.split_once("\npolicy {").unwrap_or((ZONE, ""));
    let after = rest.split_once("\n}").map_or("", |(_, after)| after);
    format!("{before}{after}{policy}")
}
