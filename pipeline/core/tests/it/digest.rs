//! What digests bind.

use std::collections::{BTreeMap, BTreeSet};

use pipeline_core::digest::UnitEvidence;
use pipeline_core::{Digest, UnitId};
use serde_json::{Value, json};

use crate::layout::{digest, unit_id};

struct Parts {
    commit: &'static str,
    unit: UnitId,
    role: &'static str,
    plan: Digest,
    policies: &'static str,
    variables: BTreeMap<String, Value>,
}

fn parts() -> Parts {
    let variables =
        BTreeMap::from([("cidr".to_owned(), json!("10.0.0.0/16")), ("size".to_owned(), json!(3))]);
    Parts { commit: "c1", unit: unit_id("net.1"), role: "r1", plan: digest("p1"), policies: "b1", variables }
}

fn of(change: impl FnOnce(&mut Parts)) -> Digest {
    let mut parts = parts();
    change(&mut parts);
    let Parts { commit, unit, role, plan, policies, variables } = &parts;
    Digest::of_unit(&UnitEvidence { commit, unit, role, plan, policies, variables })
}

#[test]
fn each_part_of_the_evidence_changes_the_digest() {
    let all = [
        of(|_| {}),
        of(|parts| parts.commit = "c2"),
        of(|parts| parts.unit = unit_id("net.2")),
        of(|parts| parts.role = "r2"),
        of(|parts| parts.plan = digest("p2")),
        of(|parts| parts.policies = "b2"),
        of(|parts| parts.variables.clear()),
        of(|parts| parts.variables.extend([("size".to_owned(), json!("3"))])),
        // The same bytes in a row, parted elsewhere.
        of(|parts| (parts.role, parts.policies) = ("", "r1b1")),
        of(|parts| (parts.commit, parts.role) = ("c1r1", "")),
    ];
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(of(|_| {}), of(|_| {}));
}

#[test]
fn digests_stay_the_same_between_versions() {
    insta::assert_snapshot!(of(|_| {}), @"sha256:6d0e63ce0168f232c369ca125afd7525d4a3f1f32886a59a0ea181799eae85b8");
    insta::assert_snapshot!(Digest::of_stage([&digest("a"), &digest("b")]), @"sha256:776f005f6e9e60011c5a8fc89005f25a5382356914f378c7fe0327e6b7c43586");
    insta::assert_snapshot!(Digest::of_stage([]), @"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn a_stages_digest_depends_on_the_order_and_on_each_unit() {
    let (a, b) = (digest("a"), digest("b"));
    let all = [
        Digest::of_stage([&a, &b]),
        Digest::of_stage([&b, &a]),
        Digest::of_stage([&a]),
        Digest::of_stage([&a, &a]),
        Digest::of_stage([]),
        a.clone(),
    ];
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn only_whole_digests_are_read() {
    let good = digest("a");
    assert_eq!(Digest::parse(good.as_str()), Ok(good.clone()));
    let upper = good.as_str().to_uppercase();
    let long = format!("{good}0");
    for bad in ["", "sha256:", &good.as_str()[7..], &good.as_str()[..70], &upper, &long, "sha256:é"] {
        assert!(Digest::parse(bad).is_err(), "{bad}");
    }
}
