//! Rules that misbehave become errors in the report, and the others are still judged.

use std::time::Duration;

use policies::{Bundle, Input, Scan};

fn rule(id: &str, body: &str) -> (String, String) {
    let name = id.to_lowercase();
    let text = format!(
        "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: {id}\n#   remedy: R\n#   severity: low\n\
         #   category: C\n#   engines: [terraform]\npackage test.{name}\n\n{body}\n"
    );
    (format!("{name}.rego"), text)
}

fn scan(files: Vec<(String, String)>) -> Scan {
    let bundle = Bundle::with_time_limit(files, Duration::from_millis(200)).expect("compiles");
    let plan = serde_json::json!({"format_version": "1.0", "planned_values": {"root_module": {}}});
    bundle.scan(&Input::Plan { json: &plan, configuration: None })
}

const HEALTHY: &str = r#"deny contains {"address": "a", "message": "m"} if input.engine == "terraform""#;

#[test]
fn a_misbehaving_rule_is_an_error_and_the_others_are_judged() {
    let endless = "deny contains 1 if { some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b < 0 }";
    for (body, expected) in [
        (endless, "ran longer than 0.2 s"),
        (
            "f(a) if { some b in numbers.range(1, 3000); a * b < 0 }\n\n\
             deny contains 1 if { some a in numbers.range(1, 3000); f(a) }",
            "ran longer than 0.2 s",
        ),
        ("deny contains 1 if true", "answered with 1"),
        ("deny contains {\"address\": 1, \"message\": \"m\"} if true", "answered with"),
        (
            "deny contains {\"address\": \"a\", \"message\": \"m\", \"severity\": \"huge\"} if true",
            "answered with",
        ),
        ("deny := true", "answered with true"),
        ("deny := bits.lsh(1, 1000)", "answered with"),
        ("deny contains numbers.range(1, 1152921504606846976) if true", "would need more than"),
        ("deny contains x if x := y\ny contains z if z := deny", "recursion"),
    ] {
        let scan = scan(vec![rule("A", body), rule("B", HEALTHY)]);
        assert_eq!(scan.findings.len(), 1, "{body}");
        let [error] = scan.errors.as_slice() else { panic!("{body}: {:?}", scan.errors) };
        assert_eq!(error.rule.as_ref().map(policies::RuleId::as_str), Some("A"));
        assert!(error.message.contains(expected), "{body}: {error}");
    }
}

fn refused(files: Vec<(String, String)>) -> String {
    let error: &dyn std::error::Error = &Bundle::from_files(files).expect_err("is refused");
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[test]
fn packs_that_cannot_be_used_are_refused() {
    let no_severity = HEALTHY.to_owned();
    for (files, expected) in [
        (vec![], "no rules"),
        (vec![("lib.rego".into(), "package lib".into())], "no rules"),
        (vec![rule("A", "deny contains")], "a.rego is not valid Rego"),
        (vec![rule("A", &format!("x := \"{}\"", "y".repeat(5000)))], "a.rego is not valid Rego"),
        (vec![rule("A", &"x := 1\n".repeat(50_000))], "a.rego is not valid Rego"),
        (
            vec![rule("A", &format!("x := {}1{}", "(".repeat(500), ")".repeat(500)))],
            "a.rego is not valid Rego",
        ),
        (vec![rule("A", "allow := true")], "a.rego does not compile"),
        (
            vec![rule("A", "f(x) := f(x + 1)\n\ndeny contains 1 if f(1)")],
            "the function data.test.a.f calls itself",
        ),
        (
            vec![rule(
                "A",
                "f(x) := y if { y := [z | z := g(x)] }\n\ng(x) := data.test.a.f(x) if x\n\ndeny contains 1 if f(1)",
            )],
            "calls itself",
        ),
        (
            vec![
                rule("A", "import data.lib\n\nf(x) := lib.g(x)\n\ndeny contains 1 if f(1)"),
                ("lib.rego".into(), "package lib\n\nimport data.test.a as b\n\ng(x) := b.f(x)".into()),
            ],
            "calls itself",
        ),
        (vec![rule("A", HEALTHY), ("b.rego".into(), rule("A", HEALTHY).1)], "b.rego has the id A of a.rego"),
        (
            vec![("a.rego".into(), rule("A", &no_severity).1.replace("severity", "severe"))],
            "unknown field `severe`",
        ),
        (vec![("a.rego".into(), rule("A", HEALTHY).1.replace("# title: T", "# title: ["))], "line "),
    ] {
        let message = refused(files);
        assert!(message.contains(expected), "{expected}: {message}");
    }
}

#[test]
fn the_digest_names_rules_and_libraries_but_not_tests() {
    let digest =
        |files: Vec<(String, String)>| Bundle::from_files(files).expect("compiles").digest().to_owned();
    let library = || ("lib.rego".to_owned(), "package lib".to_owned());
    let base = digest(vec![rule("A", HEALTHY), library()]);
    assert_eq!(digest(vec![library(), rule("A", HEALTHY)]), base);
    assert_eq!(digest(vec![rule("A", HEALTHY), library(), ("a_test.rego".into(), "x".into())]), base);
    assert_ne!(digest(vec![rule("A", HEALTHY)]), base);
    assert_ne!(digest(vec![rule("A", &format!("{HEALTHY}\n")), library()]), base);
}
