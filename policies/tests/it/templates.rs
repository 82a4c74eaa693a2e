//! What is read from a template: intrinsic functions, conditions, places, and errors.

use std::collections::BTreeMap;

use crate::pack::FEW;
use policies::{Bundle, Input, Scan};

fn scan_with(text: &str, parameters: &[(&str, &str)]) -> Scan {
    let parameters: BTreeMap<_, _> =
        parameters.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    let input = Input::Template { path: "t.yaml", text, parameters: &parameters, files: None };
    FEW.scan(&input)
}

fn scan(text: &str) -> Scan {
    scan_with(text, &[])
}

/// The rules that fire on a database whose `PubliclyAccessible` is this expression.
fn public(expression: &str, head: &str, parameters: &[(&str, &str)]) -> usize {
    let text = format!(
        "{head}\nResources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      StorageEncrypted: true\n      PubliclyAccessible: {expression}\n"
    );
    let scan = scan_with(&text, parameters);
    assert_eq!(scan.errors, [], "{expression}");
    scan.findings.len()
}

#[test]
fn expressions_are_worked_out_where_they_can_be() {
    let head = "\
Parameters:
  Open: {Type: String, Default: 'true'}
  Shut: {Type: String, Default: 'false'}
  Stage: {Type: String}
  Words: {Type: CommaDelimitedList, Default: 'false, true'}
  Secret: {Type: String, Default: 'true', NoEcho: true}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: 'true'}
Mappings:
  Stages: {dev: {open: true, words: [no, yes]}, prd: {open: false}}
Conditions:
  Dev: !Equals [!Ref Stage, dev]
  Always: !Equals [a, a]
  Never: !Not [!Condition Always]
  Both: !And [!Condition Always, !Condition Dev]
  Neither: !And [!Condition Never, !Condition Dev]
  Any: !Or [!Condition Always, !Condition Dev]
  Loop: !Not [!Condition Loop]";
    for (expression, parameters, fires) in [
        ("!Ref Open", &[][..], true),
        ("!Ref Shut", &[], false),
        ("!Ref Shut", &[("Shut", "true")], true),
        ("!Ref Secret", &[], false),
        ("!Ref Stored", &[], false),
        ("{Ref: Open}", &[], true),
        ("!Sub '${Open}'", &[], true),
        ("!Sub ['${X}', {X: !Ref Open}]", &[], true),
        ("!Sub '${!Open}'", &[], false),
        ("!Sub '${Stage}'", &[], false),
        ("!Join ['', [tr, ue]]", &[], true),
        ("!Join ['', [tr, !Ref Stage]]", &[], false),
        ("!Select [1, !Ref Words]", &[], true),
        ("!Select [9, !Ref Words]", &[], false),
        ("!Select ['1', !Split [':', 'a:true']]", &[], true),
        ("!FindInMap [Stages, dev, open]", &[], true),
        ("!FindInMap [Stages, !Ref Stage, open]", &[("Stage", "dev")], true),
        ("!FindInMap [Stages, !Ref Stage, open]", &[], false),
        ("!FindInMap [Stages, qa, open, {DefaultValue: true}]", &[], true),
        ("!Select [1, !FindInMap [Stages, dev, words]]", &[], true),
        ("!FindInMap [Stages, dev]", &[], false),
        ("!If [Always, true, false]", &[], true),
        ("!If [Never, true, false]", &[], false),
        ("!If [Dev, true, false]", &[], false),
        ("!If [Dev, true, true]", &[], true),
        ("!If [Dev, true, false]", &[("Stage", "dev")], true),
        ("!If [Both, true, false]", &[("Stage", "dev")], true),
        ("!If [Neither, false, true]", &[], true),
        ("!If [Any, true, false]", &[], true),
        ("!If [Loop, true, false]", &[], false),
        ("!If [Always, !Ref 'AWS::NoValue', true]", &[], false),
        ("!GetAtt Other.Flag", &[], false),
        ("!ImportValue shared", &[], false),
        ("!Ref AWS::Region", &[("AWS::Region", "true")], true),
    ] {
        assert_eq!(public(expression, head, parameters) == 1, fires, "{expression} with {parameters:?}");
    }
}

#[test]
fn a_resource_whose_condition_is_false_is_left_out() {
    let text = |stage: &str| {
        format!(
            "Parameters: {{Stage: {{Type: String, Default: {stage}}}}}\nConditions: {{Dev: !Equals [!Ref Stage, dev]}}\n\
             Resources: {{D: {{Type: AWS::RDS::DBInstance, Condition: Dev, Properties: {{StorageEncrypted: false}}}}}}\n"
        )
    };
    assert_eq!(scan(&text("dev")).findings.len(), 1);
    assert_eq!(scan(&text("prd")).findings.len(), 0);
}

#[test]
fn json_is_read_with_its_lines() {
    let text = "{\n  \"Resources\": {\n    \"D\": {\n      \"Type\": \"AWS::RDS::DBInstance\",\n      \"Properties\": {\"StorageEncrypted\": {\"Fn::Equals\": [1, 2]}, \"PubliclyAccessible\": true}\n    }\n  }\n}\n";
    let scan = scan(text);
    assert_eq!(scan.errors, []);
    let places: Vec<_> =
        scan.findings.iter().map(|finding| finding.location.as_ref().map(ToString::to_string)).collect();
    assert_eq!(places, [Some("t.yaml:3:5".into())]);
    let tabbed = text.replace("  ", "\t");
    assert_eq!(self::scan(&tabbed).findings.len(), 1, "{:?}", self::scan(&tabbed));
}

#[test]
fn macros_make_what_is_missing_unknown() {
    let text = "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x}}\n";
    assert!(scan(text).is_clean());
}

#[test]
fn types_without_a_mapping_reach_rules_under_their_own_name() {
    let (path, text) = ("a.rego".to_owned(), "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: A\n#   remedy: R\n#   severity: low\n#   category: C\n#   engines: [cloudformation]\npackage a\n\ndeny contains {\"address\": r.address, \"message\": name} if {\n\tsome r in input.resources[\"Custom::Thing\"]\n\tname := r.values.Name\n}\n".to_owned());
    let bundle = Bundle::from_files([(path, text)]).expect("compiles");
    let template = "Resources: {T: {Type: 'Custom::Thing', Properties: {Name: !Sub 'x-${A}', Other: !Ref B}}, U: {Type: 'Custom::Thing', Properties: {Name: n}}}";
    let scan = bundle.scan(&Input::Template {
        path: "t.yaml",
        text: template,
        parameters: &BTreeMap::new(),
        files: None,
    });
    let found: Vec<_> =
        scan.findings.iter().map(|finding| (finding.address.as_str(), finding.message.as_str())).collect();
    assert_eq!((found, scan.errors), (vec![("U", "n")], vec![]));
}

#[test]
fn what_does_not_parse_is_an_error_with_its_place() {
    for (text, line, expected) in [
        ("Resources:\n  A:\n    Type: 'x\n", 3, "does not parse"),
        ("Resources:\n  A: [1, 2\n  B: 3\n", 3, "does not parse"),
        ("a: *b\n", 1, "does not parse"),
        ("", 1, "empty"),
        ("just text", 1, "no `Resources`"),
        ("Resources: []\n", 1, "no `Resources`"),
        ("Metadata: 1\nResources:\n  A: {Properties: {}}\n", 3, "no `Type`"),
        ("Resources:\n  'Fn::ForEach::X': [A, !Ref B, {}]\n", 2, "the loop"),
        ("Resources: {}\n---\nResources: {}\n", 2, "second document"),
    ] {
        let scan = scan(text);
        let [error] = scan.errors.as_slice() else { panic!("{text:?}: {scan:?}") };
        assert!(error.message.contains(expected), "{text:?}: {error}");
        assert_eq!(error.location.as_ref().map(|location| location.line), Some(line), "{text:?}: {error:?}");
    }
}

#[test]
fn bombs_end_in_errors_and_not_in_memory() {
    let repeated = format!(
        "Parameters: {{P: {{Type: String, Default: {}}}}}\nResources: {{A: {{Type: T, Properties: {{X: !Sub '{}'}}}}}}\n",
        "x".repeat(100_000),
        "${P}".repeat(10_000),
    );
    let joined = format!(
        "Resources: {{A: {{Type: T, Properties: {{X: !Join ['{}', [{}]]}}}}}}\n",
        "x".repeat(100_000),
        "a,".repeat(10_000),
    );
    for text in [repeated, joined] {
        let scan = scan(&text);
        assert!(scan.errors.iter().any(|error| error.message.contains("too much text")), "{:?}", scan.errors);
    }
    let deep = |open: &str, close: &str| {
        format!(
            "Resources: {{A: {{Type: T, Properties: {{X: {}1{}}}}}}}\n",
            open.repeat(60),
            close.repeat(60)
        )
    };
    for (open, close) in
        [("!Join ['', [", "]]"), ("!Select [0, [!Ref R, ", "]]"), ("!If [C, 1, ", "]"), ("!Not [", "]")]
    {
        assert!(scan(&deep(open, close)).is_clean(), "{open}");
    }
    assert_eq!(scan(&deep(&"[".repeat(10), &"]".repeat(10))).errors.len(), 1);
}
