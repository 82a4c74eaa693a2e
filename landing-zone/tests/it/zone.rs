//! What `zone.hcl` means.

use crate::{RULES, STACKS, ZONE, account, infra, read_zone};
use jiff::{SignedDuration, Timestamp};
use landing_zone::{
    Database, FailOn, ForgeKind, Platform, Policy, Region, Role, Scope, Server, Source, StackFile, StageName,
    Wave,
};

#[test]
fn the_documented_files_are_read() {
    let zone = read_zone(ZONE);
    let source = Source::new("wayleave.hcl", STACKS);
    let (file, found) = StackFile::parse(&source, &zone, &infra()).unwrap();
    assert_eq!(file.stacks.len(), 2);
    assert_eq!(found, []);
}

#[test]
fn the_documented_zone_means_what_it_says() {
    let zone = read_zone(ZONE);
    let prd = zone.stage(&StageName::parse("prd").unwrap()).unwrap();
    assert_eq!(prd.soak, SignedDuration::from_mins(30));
    assert_eq!(prd.wave, Wave { canary: 1, size: 10, max_failures: 0 });
    assert_eq!(prd.approvals, 2);
    let repository = zone.repository(&infra()).unwrap();
    assert_eq!((repository.forge, repository.branch.as_str()), (ForgeKind::Github, "main"));
    assert_eq!(zone.forge(ForgeKind::Github).unwrap().token.env, "GITHUB_TOKEN");
    assert_eq!(zone.server.database, Database::Sqlite("sqlite:wayleave.db".to_owned()));
    assert_eq!(zone.policy.fail_on, FailOn::High);
}

#[test]
fn what_is_left_out_has_defaults() {
    let zone = read_zone(RULES);
    assert!(!zone.organization.discover);
    assert_eq!(zone.organization.plan_role, "WayleavePlan");
    assert_eq!(zone.organization.apply_role, "WayleaveApply");
    assert_eq!(zone.server, Server::default());
    assert_eq!(zone.policy, Policy::default());
    assert_eq!((zone.slack, zone.stream, zone.index, zone.state), (None, None, None, None));
    assert_eq!(zone.stages[0].wave, Wave::AT_ONCE);
    let waves = read_zone(&RULES.replacen("[\"dev\"]", "[\"dev\"]\n  wave { size = 3 }", 1));
    assert_eq!(waves.stages[0].wave, Wave { size: 3, ..Wave::default() });
    assert_eq!(zone.repositories[0].config, "wayleave.hcl");
    assert_eq!(zone.forges[0].api, "https://api.github.com");
}

#[test]
fn a_person_is_found_by_any_of_their_names() {
    let zone = read_zone(ZONE);
    let name = |platform, handle| zone.person_by(platform, handle).map(|person| person.name.as_str());
    assert_eq!(name(Platform::Slack, "U0HONG"), Some("hong"));
    assert_eq!(name(Platform::Slack, "u0hong"), None);
    assert_eq!(name(Platform::Github, "Hong"), Some("hong"));
    assert_eq!(name(Platform::Gitlab, "hong"), None);
    assert!(zone.persons[0].may(Role::Approver));
    assert!(zone.persons[0].may(Role::Viewer));
    assert!(!zone.persons[0].may(Role::Admin));
}

#[test]
fn a_freeze_holds_from_its_start_until_before_its_end() {
    let zone = read_zone(ZONE);
    let prd = &zone.stages[1];
    for (moment, expected) in [
        ("2026-12-19T14:59:59Z", None),
        ("2026-12-19T15:00:00Z", Some("year end")),
        ("2027-01-02T14:59:59Z", Some("year end")),
        ("2027-01-02T15:00:00Z", None),
    ] {
        let now: Timestamp = moment.parse().unwrap();
        assert_eq!(prd.frozen(now).map(|freeze| freeze.name.as_str()), expected, "{moment}");
    }
}

#[test]
fn the_bucket_of_a_unit() {
    let zone = read_zone(ZONE);
    let (stage, region) = (StageName::parse("dev").unwrap(), Region::parse("us-east-1").unwrap());
    let account = account("222222222222", "dev", None, &[]);
    let repository = infra();
    let scope =
        Scope { account: &account, stage: &stage, region: &region, commit: "abc", repository: &repository };
    let bucket = |zone: &landing_zone::Zone| zone.state_bucket(&scope).map_err(|found| found.to_string());
    assert_eq!(bucket(&zone), Ok(Some("wayleave-state-222222222222".to_owned())));
    assert_eq!(bucket(&read_zone(RULES)), Ok(None));
    let tagged = read_zone(&format!("{RULES}\nstate {{ bucket = account.tags.bucket }}"));
    insta::assert_snapshot!(bucket(&tagged).unwrap_err(), @r#"zone.hcl:30:18: the expression has no value: no such key: `bucket` (in stage dev, account dev (222222222222) and region us-east-1; for a tag that may be missing: lookup(account.tags, "name", "default"))"#);
    let account = crate::account("222222222222", "dev", None, &[("bucket", "Not_A_Bucket")]);
    let scope = Scope { account: &account, ..scope };
    insta::assert_snapshot!(tagged.state_bucket(&scope).unwrap_err(), @r#"zone.hcl:30:18: "Not_A_Bucket" is not the name of a bucket (the name of a bucket has 3 to 63 lower-case letters, digits, - and .)"#);
}

#[test]
fn a_zone_is_shown_without_secrets() {
    let json = serde_json::to_value(read_zone(ZONE)).unwrap();
    assert_eq!(json["forges"][0]["token"], serde_json::json!({ "env": "GITHUB_TOKEN" }));
    assert_eq!(json["state"]["bucket"], "\"wayleave-state-${account.id}\"");
    assert_eq!(json.get("pending"), None);
}
