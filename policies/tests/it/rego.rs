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

#[test]
fn tests_see_the_defaults_of_parameters_and_may_give_others() {
    let rule = "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: A\n#   remedy: R\n#   severity: low\n\
                #   category: C\n#   engines: [terraform]\n#   parameters: {bound: {default: 3, description: D}}\n\
                package a\n\ndeny contains {\"address\": \"a\", \"message\": \"m\"} if input.n > data.parameters.A.bound\n";
    let tests = "package a_test\n\nimport data.a\n\ntest_default if count(a.deny) == 1 with input as {\"n\": 4}\n\n\
                 test_given if count(a.deny) == 0 with input as {\"n\": 4} with data.parameters as {\"A\": {\"bound\": 5}}\n";
    let files =
        [("a.rego", rule), ("a_test.rego", tests)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    let outcomes = PackTests::from_files(files).run().expect("compiles");
    assert!(outcomes.iter().all(|outcome| outcome.failure.is_none()), "{outcomes:#?}");
    assert_eq!(outcomes.len(), 2);
}
