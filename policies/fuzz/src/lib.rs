//! What is fuzzed: one function a target, each from a text to everything that the crate `policies` makes of it.
//!
//! The tests of `policies` replay `policies/tests/corpus/<target>/` through the same functions; this file is a module there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use policies::report::human::Style;
use policies::report::sarif::Reader;
use policies::report::{Report, Sources, Subject};
use policies::source::Tree;
use policies::terraform::Options;
use policies::{Bundle, Input, Pack, Settings, report, terrascan};
use serde_json::{Value, json};

/// A target's name and function.
pub type Target = (&'static str, fn(&str));

/// All targets.
pub const TARGETS: [Target; 5] =
    [("hcl", hcl), ("intrinsics", intrinsics), ("metadata", metadata), ("plan", plan), ("yaml", yaml)];

/// The line at which a text becomes the next file.
const NEXT_FILE: &str = "#--- ";

/// One rule that finds every resource: reading and resolving is fuzzed, and reports on all of it; the pack's rules are not.
static EVERYTHING: LazyLock<Bundle> = LazyLock::new(|| {
    let text = "# METADATA\n# title: T\n# description: D\n\
                # custom: {id: ALL, remedy: R, severity: low, category: C, engines: [terraform, cloudformation]}\n\
                package all\n\n\
                deny contains {\"address\": found.address, \"message\": found.type} if some found in input.resources[_]\n";
    Bundle::from_files([("all.rego".to_owned(), text.to_owned())]).expect("the rule compiles")
});

/// Terraform source: files of one tree, each after a line `#--- path`; the text before the first one is `main.tf`.
/// Both resolvers read it.
pub fn hcl(text: &str) {
    let files = split(text);
    let tree = Tree::new(files.clone());
    let options = Options::default();
    scan(
        &Input::Terraform { files: &tree, directory: ".", options: &options },
        &files.into_iter().collect(),
        text.len(),
    );
    let directories = [".", "m"].map(str::to_owned);
    policies::terraform::roots(&tree, &directories);
    terrascan::document(&tree, ".", &terrascan::Options::default());
}

/// A CloudFormation or SAM template.
pub fn yaml(text: &str) {
    template("t.yaml", text);
}

/// What `terraform show -json` prints. A text that is no JSON is nothing to a scan.
pub fn plan(text: &str) {
    let Ok(json) = serde_json::from_str::<Value>(text) else { return };
    scan(&Input::Plan { json: &json, configuration: None }, &Sources::new(), text.len());
}

/// Functions of templates, in every place that takes some: JSON, or else YAML in flow style, put into a template that has
/// something to refer to.
pub fn intrinsics(text: &str) {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => template("t.json", &around(&value)),
        Err(_) => template("t.yaml", &AROUND.replace("HERE", &text.replace('\n', " "))),
    }
}

/// The file of a rule in our layout, and the metadata of one in Terrascan's. They are compiled, not judged.
pub fn metadata(text: &str) {
    drop(Bundle::from_files([("a.rego".to_owned(), text.to_owned())]));
    let template =
        "package accurics\n\n{{.prefix}}{{.name}}{{.suffix}}[a.id] { a := input.aws_s3_bucket[_] }\n";
    let files = [("aws/a.json", text), ("aws/a.rego", template)];
    let pack = Pack::new("fuzzed", files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    drop(Bundle::from_packs([pack], &Settings::default()));
}

fn split(text: &str) -> Vec<(String, String)> {
    let mut files = vec![("main.tf".to_owned(), String::new())];
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(NEXT_FILE), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, file))) => file.push_str(line),
            (None, None) => {}
        }
    }
    files
}

fn template(path: &str, text: &str) {
    let parameters = BTreeMap::new();
    let sources = Sources::from([(path.to_owned(), text.to_owned())]);
    scan(&Input::Template { path, text, parameters: &parameters, files: None }, &sources, text.len());
    terrascan::template(path, path, text);
}

/// Scans, and writes a report that shows the source or escapes what it says: one by turns, since they take longer than
/// the scan of so little.
fn scan(input: &Input<'_>, sources: &Sources, size: usize) {
    let scan = EVERYTHING.scan_suppressed(input, "2026-01-01".parse().expect("a date"));
    // A thread that broke off has told the fuzzer, but not a test.
    assert!(!scan.errors.iter().any(|error| error.message.contains("this is a bug")), "{:?}", scan.errors);
    let (bundle, subject) = (&*EVERYTHING, &Subject::default());
    let report = Report { scan: &scan, bundle, subject, sources, show_passed: true, details: true };
    match size % 6 {
        0 => drop(report::human::render(&report, Style::Coloured)),
        1 => drop(report::markdown::render(&report)),
        2 => drop(report::xml::render(&report).expect("everything fits into XML")),
        3 => drop(report::yaml::render(&report).expect("everything fits into YAML")),
        4 => drop(report::junit::render(&report).expect("everything fits into JUnit's XML")),
        _ => drop(report::sarif::render(&report, Reader::Any)),
    }
}

/// A template with the value in a condition, a map, a property, a text, an output and a loop.
fn around(value: &Value) -> String {
    json!({
        "Transform": "AWS::LanguageExtensions",
        "Parameters": {"P": {"Type": "String", "Default": "x"}, "L": {"Type": "CommaDelimitedList", "Default": "a,b"}},
        "Mappings": {"M": {"a": {"b": "c", "d": ["e", value]}}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}, "D": value},
        "Resources": {
            "A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": value}},
            "B": {"Type": "AWS::S3::Bucket", "Condition": "D", "Properties": value},
            "Fn::ForEach::Loop": ["I", value, {"X${I}": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": "I"}}}}],
            "S": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": ["${A.Arn}-${V}", {"V": value}]}}},
        },
        "Outputs": {"O": {"Value": value}},
    })
    .to_string()
}

/// The same in YAML.
const AROUND: &str = "
Transform: AWS::LanguageExtensions
Parameters: {P: {Type: String, Default: x}, L: {Type: CommaDelimitedList, Default: 'a,b'}}
Mappings: {M: {a: {b: c, d: [e]}}}
Conditions:
  C: !Equals [!Ref P, x]
  D: HERE
Resources:
  A:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: HERE
  B:
    Type: AWS::S3::Bucket
    Condition: D
    Properties: HERE
  S:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub ['${A.Arn}-${V}', {V: HERE}]
";
