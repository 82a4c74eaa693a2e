//! `wayleave doctor`.

use serde_json::{Value, json};

use crate::here::Here;

fn state<'a>(document: &'a Value, name: &str) -> &'a Value {
    let checks = document["checks"].as_array().unwrap();
    &checks.iter().find(|check| check["name"] == json!(name)).unwrap()["state"]
}

#[test]
fn a_machine_without_a_zone_can_be_fit() {
    let ran = Here::new().run("doctor --offline --format json");
    let document = ran.json();
    assert_eq!((ran.code, &document["fit"]), (0, &json!(true)), "{}", ran.shown());
    assert_eq!(state(&document, "git"), &json!("has"));
    assert_eq!(state(&document, "zone"), &json!("lacks"));
    assert_eq!(state(&document, "aws"), &json!("skipped"));
}

#[test]
fn a_machine_without_git_is_not_fit() {
    let here = Here::new().set("PATH", "/nonexistent");
    let ran = here.run("doctor --offline");
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("no repository can be read; install git"), "{}", ran.shown());
}

#[test]
fn a_zone_with_errors_is_broken_and_unset_secrets_are_told() {
    let ran = Here::new().with("zone.hcl", "stage {").run("doctor --offline --format json");
    assert_eq!((ran.code, state(&ran.json(), "zone").clone()), (1, json!("broken")));
    let here =
        Here::new().with("zone.hcl", include_str!("files/zone.hcl")).set("GITHUB_TOKEN", "wl-a-secret");
    let ran = here.run("doctor --offline");
    assert!(ran.stdout.contains("not set: GITHUB_WEBHOOK_SECRET"), "{}", ran.shown());
    assert!(!ran.shown().contains("wl-a-secret"));
}

#[test]
fn credentials_that_reach_nobody_break_a_zone() {
    let here = Here::new()
        .with("zone.hcl", include_str!("files/zone.hcl"))
        .set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .set("AWS_SECRET_ACCESS_KEY", "wl-a-secret")
        .set("AWS_MAX_ATTEMPTS", "1")
        .set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    let ran = here.run("doctor --format json");
    assert_eq!((ran.code, state(&ran.json(), "aws").clone()), (1, json!("broken")), "{}", ran.shown());
    assert!(!ran.shown().contains("wl-a-secret"));
}
