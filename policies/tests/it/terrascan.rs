//! Packs of Terrascan's layout.

use policies::{Bundle, Kind, Pack, Settings};
use serde_json::{Value, json};

fn pack(files: &[(&str, String)]) -> Pack {
    Pack::new("old", files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())))
}

/// A rule's metadata, with some fields changed.
fn metadata(changes: &Value) -> String {
    let mut metadata = json!({
        "name": "open", "file": "open.rego", "policy_type": "aws", "resource_type": "aws_port", "template_args": {"port": 22},
        "severity": "HIGH", "description": "Ports are closed", "reference_id": "OLD.1", "category": "Network",
        "version": 2, "id": "AC_1",
    });
    let fields = metadata.as_object_mut().expect("an object");
    fields.extend(changes.as_object().expect("an object").clone());
    metadata.to_string()
}

const OPEN: &str = "package accurics\n\n{{.name}}[port.id] {\n\tport := input.aws_port[_]\n\tport.config.number == {{.port}}\n}\n";

fn bundle(files: &[(&str, String)]) -> Bundle {
    Bundle::from_packs([pack(files)], &Settings::default()).expect("compiles")
}

/// What each rule answers on a document: `id: ids`, or `id! error`.
fn judged(bundle: &Bundle, document: &Value) -> Vec<String> {
    let document = document.as_object().expect("an object").clone();
    let answers = bundle.judge_terrascan(document).into_iter();
    answers
        .map(|(rule, answer)| match answer {
            Ok(ids) => format!("{}: {}", rule.metadata().id, ids.join(" ")),
            Err(error) => format!("{}! {error}", rule.metadata().id),
        })
        .collect()
}

fn ports() -> Value {
    json!({"aws_port": [{"id": "aws_port.a", "config": {"number": 22}}, {"id": "aws_port.b", "config": {"number": 80}}]})
}

#[test]
fn rules_are_rendered_asked_and_described() {
    let bundle = bundle(&[("aws/open.rego", OPEN.into()), ("aws/a.json", metadata(&json!({})))]);
    assert_eq!(judged(&bundle, &ports()), ["AC_1: aws_port.a"]);
    let [rule] = bundle.rules() else { panic!("one rule") };
    let about = rule.metadata();
    assert_eq!((about.id.as_str(), about.title.as_ref()), ("AC_1", "Ports are closed"));
    assert_eq!((about.severity.as_str(), about.category.as_ref(), rule.name()), ("high", "Network", "open"));
    assert_eq!(about.aliases().collect::<Vec<_>>(), ["OLD.1"]);
    assert!(matches!(rule.kind(), Kind::Terrascan { resource_type, .. } if resource_type == "aws_port"));
    assert!(bundle.has_terrascan_rules() && bundle.warnings().is_empty());
}

#[test]
fn a_rule_runs_only_where_its_type_is() {
    let files = [
        ("open.rego", OPEN.into()),
        ("a.json", metadata(&json!({}))),
        (
            "b.json",
            metadata(
                &json!({"id": "AC_2", "reference_id": "OLD.2", "resource_type": "aws_other", "template_args": {"port": 80}}),
            ),
        ),
        (
            "c.json",
            metadata(
                &json!({"id": "AC_3", "reference_id": "OLD.3", "policy_type": "k8s", "resource_type": "kubernetes_pod"}),
            ),
        ),
    ];
    let bundle = bundle(&files);
    assert_eq!(judged(&bundle, &ports()), ["AC_1: aws_port.a"]);
    assert_eq!(judged(&bundle, &json!({"aws_other": []})), ["AC_2: "]);
    assert_eq!(judged(&bundle, &json!({"kubernetes_service": []})), ["AC_3: "]);
    assert_eq!(judged(&bundle, &json!({})), ["AC_1: ", "AC_2: ", "AC_3: "]);
}

#[test]
fn of_two_rules_with_one_reference_id_the_last_counts() {
    let files = [
        ("open.rego", OPEN.into()),
        ("a.json", metadata(&json!({}))),
        ("b.json", metadata(&json!({"id": "AC_9", "template_args": {"port": 80}}))),
    ];
    let bundle = bundle(&files);
    assert_eq!(judged(&bundle, &ports()), ["AC_9: aws_port.b"]);
    let warnings: Vec<_> = bundle.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "old: a.json has the reference id OLD.1 of b.json, which counts instead; give every rule an id of its own"
        ]
    );
}

#[test]
fn rules_of_one_file_do_not_meet() {
    let helper = "package accurics\n\n{{.name}}[x] { x := data.accurics.helper[_] }\n\nhelper = [\"{{.port}}\"] { true }\n";
    let files = [
        ("open.rego", helper.into()),
        ("a.json", metadata(&json!({}))),
        ("b.json", metadata(&json!({"id": "AC_2", "reference_id": "OLD.2", "template_args": {"port": 80}}))),
    ];
    assert_eq!(judged(&bundle(&files), &ports()), ["AC_1: 22", "AC_2: 80"]);
}

#[test]
fn a_rule_that_cannot_be_used_costs_that_rule() {
    let healthy = metadata(&json!({"id": "AC_2", "reference_id": "OLD.2"}));
    for (text, changes, expected) in [
        ("package accurics\n\nopen[", json!({}), "aws/broken.rego (AC_1) is not valid Rego"),
        ("package accurics\n\nopen[x] { y }", json!({}), "AC_1"),
        ("{{.name", json!({}), "line 1 of the template: `{{` is not closed"),
        (OPEN, json!({"file": "gone.rego"}), "there is no file aws/gone.rego"),
        (OPEN, json!({"name": "a.b"}), "`a.b` is no name of a rule"),
        (OPEN, json!({"severity": "AWFUL"}), "unknown severity `AWFUL`"),
        ("package accurics\n\nopen = {\"a\": 1} { true }", json!({}), "give a list of ids"),
        ("package accurics\n\nopen[{\"Name\": 1}] { true }", json!({}), "give a list of ids"),
        ("package accurics\n\nf(x) = f(x) { true }\n\nopen[\"a\"] { f(1) }", json!({}), "calls itself"),
    ] {
        let mut fields = json!({"file": "broken.rego"});
        fields.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
        let files = [
            ("aws/open.rego", OPEN.into()),
            ("aws/broken.rego", text.to_owned()),
            ("aws/a.json", metadata(&fields)),
            ("aws/b.json", healthy.clone()),
        ];
        let answers = judged(&bundle(&files), &ports());
        assert_eq!(answers.len(), 2, "{answers:?}");
        let starts = answers.iter().find(|answer| answer.starts_with("AC_1")).expect("an answer");
        assert!(starts.contains('!') && starts.contains(expected), "{expected}: {starts}");
        assert!(answers.contains(&"AC_2: aws_port.a".to_owned()), "{answers:?}");
    }
}

#[test]
fn a_rule_that_is_not_in_its_file_never_fires_and_says_so() {
    for text in ["package accurics\n\nother[1] { true }", "package elsewhere\n\nopen[\"a\"] { true }"] {
        let bundle = bundle(&[("open.rego", text.into()), ("a.json", metadata(&json!({})))]);
        assert_eq!(judged(&bundle, &ports()), ["AC_1: "]);
        let [warning] = bundle.warnings() else { panic!("one warning") };
        assert_eq!(
            warning.to_string(),
            "old: the rule AC_1 can never find anything, since open.rego has no rule `open`"
        );
    }
}

#[test]
fn both_layouts_may_stand_in_one_bundle_and_one_pack() {
    let own = "# METADATA\n# title: T\n# description: D\n# custom: {id: ACME-1, remedy: R, severity: low, category: C, engines: [terraform]}\n\
               package acme\n\ndeny contains {\"address\": \"a\", \"message\": \"m\"} if input.engine\n";
    let files = [
        ("own.rego", own.to_owned()),
        ("open.rego", OPEN.into()),
        ("a.json", metadata(&json!({}))),
        ("x.json", "{}".into()),
    ];
    let ids = |settings: Value| {
        let settings: Settings = serde_json::from_value(settings).expect("settings");
        let bundle = Bundle::from_packs([Pack::builtin(), pack(&files)], &settings).expect("compiles");
        bundle.rules().iter().map(|rule| rule.metadata().id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(json!({"only": {"ids": ["OLD.1", "ACME-1"]}})), ["ACME-1", "AC_1"]);
    assert!(ids(json!({})).len() > 20);
}

#[test]
fn the_digest_names_the_metadata() {
    let digest = |changes: Value| {
        bundle(&[("open.rego", OPEN.into()), ("a.json", metadata(&changes))]).digest().to_owned()
    };
    assert_ne!(digest(json!({})), digest(json!({"template_args": {"port": 23}})));
}
