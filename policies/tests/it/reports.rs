//! What each report looks like.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;
use policies::report::human::Style;
use policies::report::sarif::Reader;
use policies::report::{Report, Sources, Subject, human, json, junit, markdown, rule, sarif, xml, yaml};
use policies::{Bundle, Input, Location, Scan, Severity};
use serde_json::Value;

/// Rules of the tests' own, so that the reports stay as they are when the builtin rules grow.
static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let rules = [
        ("acl", "T-S3-1", "high", "aws_s3_bucket", "the ACL is | *open*", "terrascan: [AC_AWS_0210]"),
        ("backup", "T-DB-1", "medium", "aws_dynamodb_table", "the table has no backup", "cis: ['1.2']"),
        ("fifo", "T-SQS-1", "low", "aws_sqs_queue", "the queue has no order", "cis: ['1.3']"),
    ];
    let file = |(name, id, severity, kind, message, framework)| {
        let text = format!(
            "# METADATA\n# title: What {name} is for\n# description: Because of <this>.\n# related_resources: [https://example.com/{name}]\n\
             # custom:\n#   id: {id}\n#   remedy: |\n#     Write\n#       {name} = true\n#   severity: {severity}\n#   category: Data Protection\n\
             #   frameworks: {{{framework}}}\n#   engines: [terraform, cloudformation]\npackage t.{name}\n\n\
             deny contains {{\"address\": r.address, \"message\": \"{message}\"}} if some r in input.resources.{kind}\n"
        );
        (format!("{name}.rego"), text)
    };
    Bundle::from_files(rules.map(file)).expect("compiles")
});

const TEMPLATE: &str = "\
Resources:
  Reports:
    Type: AWS::S3::Bucket
  Queue:
    Type: AWS::SNS::Topic
    Metadata: {wayleave: {skip: [{rule: T-DB-1, until: 2026-01-01}, {rule: NO-SUCH-1}]}}
  Versions:
    Type: AWS::DynamoDB::Table
    Metadata: {runterrascan.io/skip: '[{\"rule\": \"T-DB-1\", \"comment\": \"built | <anew>\"}]'}
  Untyped:
    Properties: {}
";

/// A plan, and a template, with everything that a report may have to tell.
fn scanned() -> Scan {
    let plan = serde_json::json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "module.db.aws_dynamodb_table.t[0]", "mode": "managed", "type": "aws_dynamodb_table", "name": "t", "values": {}},
    ]}}});
    let today = date(2026, 1, 2);
    let mut of_plan = BUNDLE.scan_suppressed(&Input::Plan { json: &plan, configuration: None }, today);
    // As if a configuration beside the plan had said where.
    let found = of_plan.findings.first_mut().expect("one");
    found.callers = vec![Location { file: "infra/main.tf".into(), line: 7, column: 1 }];
    found.instances = (0..5).map(|index| format!("module.db.aws_dynamodb_table.t[{index}]")).collect();
    found.contents = vec![String::new(); 5];
    let input = Input::Template {
        path: "app/template.yaml",
        text: TEMPLATE,
        parameters: &BTreeMap::new(),
        files: None,
    };
    [of_plan, BUNDLE.scan_suppressed(&input, today)].into_iter().collect()
}

fn subject() -> Subject {
    Subject {
        paths: vec!["plan.json".into(), "app".into()],
        kinds: vec!["tfplan".into(), "cloudformation".into()],
        scanned_at: "2026-01-02T03:04:05Z".into(),
        branch: Some("main".into()),
        prefix: "deploy/".into(),
        notes: vec!["3 findings are in the baseline".into()],
    }
}

fn with<T>(look: impl FnOnce(&Report<'_>) -> T) -> T {
    let (scan, subject) = (scanned(), subject());
    let sources = Sources::from([("app/template.yaml".into(), TEMPLATE.into())]);
    let report = Report {
        scan: &scan,
        bundle: &BUNDLE,
        subject: &subject,
        sources: &sources,
        show_passed: false,
        details: false,
    };
    look(&report)
}

fn as_json(report: &Report<'_>) -> Value {
    serde_json::to_value(json::render(report)).expect("is JSON")
}

#[test]
fn for_people() {
    insta::assert_snapshot!(with(|report| human::render(report, Style::Plain)));
    assert!(with(|report| human::render(report, Style::Coloured)).contains("\u{1b}["));
    let details = with(|report| human::render(&Report { details: true, ..*report }, Style::Plain));
    assert!(details.contains("skipped[T-DB-1]") && details.contains("t[4]"), "{details}");
    assert_eq!(human::summary(&Scan::default()), "No findings");
}

#[test]
fn for_programs() {
    insta::assert_json_snapshot!(with(as_json));
}

#[test]
fn as_yaml_and_xml() {
    insta::assert_snapshot!("as_yaml", with(yaml::render).expect("is YAML"));
    insta::assert_snapshot!("as_xml", with(xml::render).expect("is XML"));
}

#[test]
fn for_build_servers() {
    insta::assert_snapshot!(with(junit::render).expect("is XML"));
}

#[test]
fn for_comments() {
    insta::assert_snapshot!(with(markdown::render));
}

#[test]
fn for_code_hosts() {
    insta::assert_json_snapshot!(with(|report| sarif::render(report, Reader::Any)));
    let log = with(|report| sarif::render(report, Reader::GitHub));
    let uri = log.pointer("/runs/0/results/0/locations/0/physicalLocation/artifactLocation");
    let expected = serde_json::json!({"uri": "deploy/app/template.yaml", "uriBaseId": "%SRCROOT%"});
    assert_eq!(uri, Some(&expected));
}

#[test]
fn sarif_fits_its_schema() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sarif-2.1.0-rtm.5.json");
    let text = std::fs::read_to_string(path).expect("is there");
    let mut schema: Value = serde_json::from_str(&text).expect("is JSON");
    // These two have a bracket that nothing opens, which only JavaScript takes for itself.
    for owner in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{owner}/properties/language"));
        language.and_then(Value::as_object_mut).expect("is there").remove("pattern").expect("has one");
    }
    let validator = jsonschema::validator_for(&schema).expect("is a schema");
    for reader in [Reader::Any, Reader::GitHub] {
        let log = with(|report| sarif::render(report, reader));
        let wrong: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{reader:?}: {wrong:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})), "the schema says something");
}

#[test]
fn rules_that_found_nothing_are_told_when_asked_for() {
    let passed = |report: &Report<'_>| {
        let report = Report { show_passed: true, ..*report };
        let json = as_json(&report);
        let rules = json.pointer("/results/passed_rules").and_then(Value::as_array).expect("a list").clone();
        let ids: Vec<String> =
            rules.iter().filter_map(|rule| Some(rule.get("rule_id")?.as_str()?.to_owned())).collect();
        assert!(human::render(&report, Style::Plain).contains("passed T-SQS-1: "));
        assert!(junit::render(&report).expect("is XML").contains("RULE - T-SQS-1, CATEGORY"));
        assert!(markdown::render(&report).contains("### Passed"));
        ids
    };
    let passed = with(passed);
    assert!(passed.contains(&"T-SQS-1".to_owned()), "{passed:?}");
    for found in ["T-S3-1", "T-DB-1"] {
        assert!(!passed.contains(&found.to_owned()), "{passed:?}");
    }
}

#[test]
fn a_rule_has_a_page() {
    let rule = policies::report::known_rules(&BUNDLE);
    let rule = rule.iter().find(|rule| rule.id.as_str() == "T-DB-1").expect("is there");
    insta::assert_snapshot!(rule::render(rule));
}

#[test]
fn text_of_an_input_cannot_steer_the_terminal() {
    let text = "Resources:\n  \"B\\e[2J|<x>\": {Type: AWS::S3::Bucket}\n";
    let scan =
        BUNDLE.scan(&Input::Template { path: "t.yaml", text, parameters: &BTreeMap::new(), files: None });
    assert!(scan.at_or_over(Severity::Low).next().is_some());
    let sources = Sources::from([("t.yaml".into(), text.into())]);
    let subject = Subject::default();
    let report = Report {
        scan: &scan,
        bundle: &BUNDLE,
        subject: &subject,
        sources: &sources,
        show_passed: true,
        details: true,
    };
    for text in [
        human::render(&report, Style::Plain),
        markdown::render(&report),
        junit::render(&report).expect("is XML"),
        xml::render(&report).expect("is XML"),
    ] {
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
