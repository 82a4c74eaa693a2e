//! What a user may set for a bundle.

use policies::settings::Selection;
use policies::{Bundle, Input, Pack, PackError, RuleId, Scan, Settings, Severity};
use serde_json::{Value, json};

const PORTS: &str = r#"# METADATA
# title: T
# description: D
# custom:
#   id: ACME-1
#   remedy: R
#   severity: low
#   category: Network
#   frameworks:
#     terrascan: [AC_AWS_0001, AC_AWS_0002]
#     cis-aws-3.0: ["5.2"]
#   engines: [terraform]
#   parameters:
#     ports: {default: [22], description: Ports that are closed.}
#     strict: {default: false, description: Anything counts.}
package acme.ports

deny contains {"address": sprintf("port %d", [port]), "message": "m", "severity": "high", "aliases": ["AC_AWS_0002"]} if {
	some port in data.parameters["ACME-1"].ports
}

deny contains {"address": "strict", "message": "m"} if data.parameters["ACME-1"].strict
"#;

const OTHER: &str = r#"# METADATA
# title: T
# description: D
# custom: {id: ACME-2, remedy: R, severity: low, category: Other, engines: [terraform]}
package acme.other

deny contains {"address": "other", "message": "m"} if input.engine
"#;

fn bundle(settings: &Value) -> Result<Bundle, PackError> {
    let settings: Settings = serde_json::from_value(settings.clone()).expect("settings");
    let files = [("ports.rego", PORTS), ("other.rego", OTHER)];
    let pack = Pack::new("acme", files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    Bundle::from_packs([pack], &settings)
}

fn scan(settings: &Value) -> Scan {
    let plan = json!({"format_version": "1.0", "planned_values": {"root_module": {}}});
    bundle(settings).expect("compiles").scan(&Input::Plan { json: &plan, configuration: None })
}

fn found(settings: &Value) -> Vec<(String, Severity)> {
    let scan = scan(settings);
    assert_eq!(scan.errors, []);
    scan.findings.into_iter().map(|finding| (finding.address, finding.severity)).collect()
}

#[test]
fn parameters_have_defaults_and_are_overridden() {
    for (settings, expected) in [
        (json!({}), vec![("port 22", Severity::High), ("other", Severity::Low)]),
        (
            json!({"parameters": {"ACME-1": {"ports": [1, 2]}}}),
            vec![("port 1", Severity::High), ("port 2", Severity::High), ("other", Severity::Low)],
        ),
        (
            json!({"parameters": {"ACME-1": {"ports": [], "strict": true}}}),
            vec![("strict", Severity::Low), ("other", Severity::Low)],
        ),
        (
            json!({"severities": {"ACME-1": "medium"}}),
            vec![("port 22", Severity::Medium), ("other", Severity::Low)],
        ),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(address, severity)| (address.to_owned(), severity)).collect();
        assert_eq!(found(&settings), expected, "{settings}");
    }
}

#[test]
fn rules_are_selected_by_id_category_and_framework() {
    for (settings, expected) in [
        (json!({"only": {"ids": ["ACME-2"]}}), vec!["ACME-2"]),
        (json!({"only": {"ids": ["AC_AWS_0001", "ACME-2"]}}), vec!["ACME-1", "ACME-2"]),
        (json!({"only": {"ids": ["ACME-1", "ACME-2"], "categories": ["network"]}}), vec!["ACME-1"]),
        (json!({"only": {"frameworks": ["cis-aws-3.0"]}}), vec!["ACME-1"]),
        (json!({"only": {"frameworks": ["cis-aws-3.0:5.2"]}}), vec!["ACME-1"]),
        (json!({"skip": {"ids": ["AC_AWS_0002"]}}), vec!["ACME-2"]),
        (json!({"skip": {"categories": ["Other"]}}), vec!["ACME-1"]),
        (json!({"skip": {"frameworks": ["terrascan"]}}), vec!["ACME-2"]),
    ] {
        let bundle = bundle(&settings).expect("compiles");
        let ids: Vec<_> = bundle.rules().iter().map(|rule| rule.metadata().id.as_str()).collect();
        assert_eq!(ids, expected, "{settings}");
    }
}

#[test]
fn settings_that_fit_no_rule_are_refused() {
    for (settings, expected) in [
        (json!({"severities": {"ACME1": "low"}}), "there is no rule ACME1; did you mean `ACME-1`?"),
        (
            json!({"severities": {"AC_AWS_0001": "low"}}),
            "there is no rule AC_AWS_0001; did you mean `ACME-1`?",
        ),
        (json!({"only": {"ids": ["NOTHING-LIKE-IT"]}}), "there is no rule NOTHING-LIKE-IT; see the list"),
        (
            json!({"parameters": {"ACME-1": {"port": [1]}}}),
            "the rule ACME-1 has no parameter `port`; did you mean `ports`?; it has ports, strict",
        ),
        (json!({"parameters": {"ACME-2": {"x": 1}}}), "the rule ACME-2 has no parameter `x`; it has none"),
        (
            json!({"parameters": {"ACME-1": {"ports": 1}}}),
            "the parameter `ports` of the rule ACME-1 is a number: give a list (each a number), as in its default [22]",
        ),
        (json!({"parameters": {"ACME-1": {"ports": ["1"]}}}), "is a list (each a string): give a list"),
        (json!({"parameters": {"ACME-1": {"strict": "yes"}}}), "is a string: give true or false"),
        (json!({"skip": {"categories": ["Networks"]}}), "the category `Networks`; did you mean `Network`?"),
        (json!({"only": {"frameworks": ["cis-aws-3.0:9"]}}), "framework or control `cis-aws-3.0:9`"),
        (json!({"only": {"ids": ["ACME-1"], "categories": ["Other"]}}), "the settings leave no rule"),
    ] {
        let error = bundle(&settings).expect_err("is refused").to_string();
        assert!(error.contains(expected), "{expected}\n{error}");
    }
}

#[test]
fn every_wrong_setting_is_reported_at_once() {
    let settings = json!({"severities": {"A": "low"}, "only": {"ids": ["B"]}, "skip": {"categories": ["C"]}});
    let Err(PackError::Settings(errors)) = bundle(&settings) else { panic!("is refused") };
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[test]
fn the_digest_names_the_settings() {
    let digest = |settings: Value| bundle(&settings).expect("compiles").digest().to_owned();
    assert_eq!(digest(json!({})), digest(json!({"only": Selection::default()})));
    assert_ne!(digest(json!({})), digest(json!({"parameters": {"ACME-1": {"strict": true}}})));
    assert_ne!(digest(json!({})), digest(json!({"skip": {"ids": [RuleId::new("ACME-2")]}})));
}

#[test]
fn files_of_one_package_do_not_answer_for_each_other() {
    let second = OTHER.replace("acme.other", "acme.ports").replace("ACME-2", "ACME-3");
    let files = [("ports.rego", PORTS.to_owned()), ("second.rego", second)];
    let bundle = Bundle::from_files(files.map(|(path, text)| (path.to_owned(), text))).expect("compiles");
    let plan = json!({"format_version": "1.0", "planned_values": {"root_module": {}}});
    let found = bundle.scan(&Input::Plan { json: &plan, configuration: None }).findings;
    let found: Vec<_> =
        found.iter().map(|finding| (finding.rule.as_str(), finding.address.as_str())).collect();
    assert_eq!(found, [("ACME-1", "port 22"), ("ACME-3", "other")]);
}

#[test]
fn what_is_less_severe_is_no_finding() {
    let severities = |settings: &Value| -> Vec<Severity> {
        found(settings).into_iter().map(|(_, severity)| severity).collect()
    };
    assert_eq!(severities(&json!({"min_severity": "medium"})), [Severity::High]);
    let lowered = json!({"min_severity": "medium", "severities": {"ACME-1": "low"}});
    assert_eq!(severities(&lowered), []);
    let raised = json!({"min_severity": "high", "severities": {"ACME-2": "high"}});
    assert_eq!(severities(&raised), [Severity::High, Severity::High]);
}
