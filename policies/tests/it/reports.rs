//! What each report looks like.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::pack;
use policies::report::human::Style;
use policies::report::{Sources, Subject, human, json, sarif};
use policies::{Bundle, Input, Scan};

const TEMPLATE: &str = "\
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      BucketEncryption:
        ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}]
      VersioningConfiguration: {Status: Enabled}
  Untyped:
    Properties: {}
";

/// Few rules, so that reports do not change when others come.
static RULES: LazyLock<Bundle> = LazyLock::new(|| {
    let chosen = ["/lib/", "s3/public_", "dynamodb/point_in_time"];
    let files = pack::files().into_iter().filter(|(path, _)| chosen.iter().any(|part| path.contains(part)));
    Bundle::from_files(files).expect("the rules compile")
});

fn scanned() -> (&'static Bundle, Scan, Sources) {
    let bundle = &*RULES;
    let plan = serde_json::json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "module.db.aws_dynamodb_table.t[0]", "mode": "managed", "type": "aws_dynamodb_table", "name": "t", "values": {}},
    ]}}});
    let mut scan = bundle.scan(&Input::Plan { json: &plan, configuration: None });
    let parameters = BTreeMap::new();
    scan.merge(bundle.scan(&Input::Template {
        path: "app/template.yaml",
        text: TEMPLATE,
        parameters: &parameters,
        files: None,
    }));
    (bundle, scan, Sources::from([("app/template.yaml".into(), TEMPLATE.into())]))
}

fn subject() -> Subject {
    Subject {
        paths: vec!["plan.json".into(), "app".into()],
        kinds: vec!["tfplan".into(), "cloudformation".into()],
        scanned_at: "2026-01-02T03:04:05Z".into(),
    }
}

#[test]
fn for_people() {
    let (_, scan, sources) = scanned();
    insta::assert_snapshot!(human::render(&scan, &sources, Style::Plain));
    assert!(human::render(&scan, &sources, Style::Coloured).contains("\u{1b}["));
    assert_eq!(human::summary(&Scan::default()), "No findings");
}

#[test]
fn for_programs() {
    let (bundle, scan, _) = scanned();
    insta::assert_json_snapshot!(json::render(&scan, bundle, &subject()));
}

#[test]
fn for_code_hosts() {
    let (bundle, scan, _) = scanned();
    let mut log = sarif::render(&scan, bundle);
    let rules = log
        .pointer_mut("/runs/0/tool/driver/rules")
        .and_then(serde_json::Value::as_array_mut)
        .expect("rules");
    assert_eq!(rules.len(), bundle.rules().len());
    rules.truncate(1);
    insta::assert_json_snapshot!(log);
}

#[test]
fn text_of_an_input_cannot_steer_the_terminal() {
    let bundle = &*RULES;
    let text = "Resources:\n  \"B\\e[2J\": {Type: AWS::S3::Bucket}\n";
    let scan =
        bundle.scan(&Input::Template { path: "t.yaml", text, parameters: &BTreeMap::new(), files: None });
    assert!(!scan.findings.is_empty());
    let report = human::render(&scan, &Sources::from([("t.yaml".into(), text.into())]), Style::Plain);
    assert!(!report.contains('\u{1b}'), "{report:?}");
}
