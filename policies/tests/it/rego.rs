//! The builtin pack's own tests, written in Rego.

use std::sync::LazyLock;

use crate::pack::{files, is_chosen, rules};
use policies::{PackTests, TestOutcome};

/// The tests that are looked at, run once for all.
static OUTCOMES: LazyLock<Vec<TestOutcome>> =
    LazyLock::new(|| PackTests::from_files(files()).run().expect("the pack compiles"));

fn path_of(outcome: &TestOutcome) -> String {
    outcome.name.trim_start_matches("data.wayleave.").replace('.', "/")
}

#[test]
fn every_rego_test_of_the_pack_holds() {
    let chosen: Vec<_> = OUTCOMES.iter().filter(|outcome| is_chosen(&path_of(outcome))).collect();
    let failed: Vec<_> = chosen.iter().filter(|outcome| outcome.failure.is_some()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(!chosen.is_empty());
}

#[test]
fn every_rule_has_rego_tests() {
    for rule in rules() {
        let prefix = format!("{}_test/", rule.path().trim_end_matches(".rego"));
        assert!(
            OUTCOMES.iter().any(|outcome| path_of(outcome).starts_with(&prefix)),
            "{} has no tests",
            rule.path()
        );
    }
}

#[test]
fn a_test_that_is_false_or_undefined_fails() {
    let text = "package a_test\n\ntest_true if 1 == 1\n\ntest_false if 1 == 2\n\ntest_gone if input.x\n\nother if true\n";
    let outcomes =
        PackTests::from_files([("a_test.rego".to_owned(), text.to_owned())]).run().expect("compiles");
    let passed: Vec<_> =
        outcomes.iter().map(|outcome| (outcome.name.as_str(), outcome.failure.is_none())).collect();
    assert_eq!(
        passed,
        [
            ("data.a_test.test_false", false),
            ("data.a_test.test_gone", false),
            ("data.a_test.test_true", true)
        ]
    );
}
