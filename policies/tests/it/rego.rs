//! The builtin pack's own tests, written in Rego.

use crate::BUILTIN;
use policies::PackTests;

#[test]
fn every_rego_test_of_the_builtin_pack_holds() {
    let outcomes = PackTests::builtin().run().expect("the pack compiles");
    let failed: Vec<_> = outcomes.iter().filter(|outcome| outcome.failure.is_some()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(outcomes.len() >= BUILTIN.rules().len());
}

#[test]
fn every_rule_has_rego_tests() {
    let outcomes = PackTests::builtin().run().expect("the pack compiles");
    for rule in BUILTIN.rules() {
        let package = rule.path().trim_end_matches(".rego").replace('/', ".");
        let prefix = format!("data.wayleave.{package}_test.");
        assert!(
            outcomes.iter().any(|outcome| outcome.name.starts_with(&prefix)),
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
