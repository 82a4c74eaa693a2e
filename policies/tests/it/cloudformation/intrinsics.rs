//! Functions, parameters, loops and what stands beside the properties.

use serde_json::{Value, json};

use super::{model, resources};

/// What an expression is worth: the value, or `?` with the resources that it depends on.
fn worth(head: &str, expression: &str, parameters: &[(&str, &str)]) -> Value {
    let text = format!(
        "{head}\nResources:\n  R:\n    Type: Custom::Thing\n    Properties:\n      X: {expression}\n"
    );
    let shown = resources(&text, parameters);
    let resource = shown.last().expect("one");
    if resource["unknown"].as_array().is_some_and(|unknown| unknown.contains(&json!("X"))) {
        return json!({ "?": resource["links"].get("X").cloned().unwrap_or_default() });
    }
    resource["values"]["X"].clone()
}

#[test]
fn expressions_are_worth() {
    let head = "\
Parameters:
  Count: {Type: Number, Default: 3}
  Ports: {Type: 'List<Number>', Default: '22, 80'}
  Name: {Type: String, Default: n}
  Open: {Type: String}
Mappings: {M: {a: {b: [1, 2]}}}
Conditions: {Later: !Equals [!Ref Open, x], Gone: !Condition Missing}";
    for (expression, expected) in [
        ("!Ref Count", json!(3)),
        ("!Ref Ports", json!([22, 80])),
        ("!Sub 'a-${Count}'", json!("a-3")),
        ("!Sub 'arn:${AWS::Partition}:x'", json!("arn:aws:x")),
        ("!Sub '${AWS::Region}'", json!({"?": null})),
        ("!Sub '${Other.Arn}/*'", json!({"?": ["Other"]})),
        ("!GetAtt Other.Outputs.X", json!({"?": ["Other"]})),
        ("!GetAtt [Other, Arn]", json!({"?": ["Other"]})),
        ("{'Fn::GetAtt': [Other, Arn]}", json!({"?": ["Other"]})),
        ("!Base64 text", json!("text")),
        ("{'Fn::Base64': !Sub 'x ${Name}'}", json!("x n")),
        ("!Cidr [10.0.0.0/16, 3, 8]", json!(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"])),
        ("!Select [1, !Cidr [10.0.0.0/16, 2, '12']]", json!("10.0.16.0/20")),
        ("!Cidr [!GetAtt V.CidrBlock, 2, 8]", json!({"?": ["V"]})),
        ("!Cidr [10.0.0.0/40, 2, 8]", json!({"?": null})),
        ("!Cidr [255.255.255.0/24, 256, 8]", json!({"?": null})),
        ("!GetAZs ''", json!({"?": null})),
        ("!ImportValue x", json!({"?": null})),
        ("!Transform {Name: 'AWS::Include', Parameters: {Location: s3://b}}", json!({"?": null})),
        ("{'Fn::Length': !Ref Ports}", json!(2)),
        ("{'Fn::ToJsonString': {a: !Ref Count}}", json!("{\"a\":3}")),
        ("{'Fn::ToJsonString': {a: !Ref Other}}", json!({"?": ["Other"]})),
        ("!Select [0, !FindInMap [M, a, b]]", json!(1)),
        ("!FindInMap [M, z, b, {DefaultValue: d}]", json!("d")),
        ("!FindInMap [M, !Ref Open, b, {DefaultValue: d}]", json!({"?": null})),
        ("!If [Later, 1, 2]", json!({"?": null})),
        ("!If [Later, !Ref A, !Ref B]", json!({"?": ["A", "B"]})),
        ("!If [Missing, 1, 2]", json!({"?": null})),
        ("!If [Gone, 1, 2]", json!({"?": null})),
        ("{a: 1, 'Fn::Transform': {Name: M}}", json!({"?": null})),
        ("!Split [',', !Ref Open]", json!({"?": null})),
        ("!Unheard 'of'", json!("of")),
    ] {
        assert_eq!(worth(head, expression, &[]), expected, "{expression}");
    }
    assert_eq!(worth(head, "!Sub '${AWS::Partition}'", &[("AWS::Region", "cn-north-1")]), json!("aws-cn"));
    assert_eq!(worth(head, "!If [Later, 1, 2]", &[("Open", "x")]), json!(1));
}

/// Addresses and values of a template with parameters.
fn listed(text: &str, parameters: &[(&str, &str)]) -> Vec<(String, Value)> {
    let shown = resources(text, parameters);
    shown.iter().map(|r| (super::text_of(r, "address"), r["values"].clone())).collect()
}

#[test]
fn loops_are_unrolled() {
    let text = "\
Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b-c'}}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - 'Topic&{Name}':
        Type: Custom::Topic
        Properties:
          Name: !Sub '${Name}.fifo'
          Plain: !Ref Name
          Fn::ForEach::Inner:
            - Key
            - [X, Y]
            - 'P${Key}': {Of: !Ref Name}
  Fn::ForEach::Outer:
    - A
    - ['1', '2']
    - Fn::ForEach::Nested:
        - B
        - ['3']
        - 'R${A}${B}': {Type: Custom::T}
";
    let topic = |name: &str| json!({"Name": format!("{name}.fifo"), "Plain": name, "PX": {"Of": name}, "PY": {"Of": name}});
    assert_eq!(
        listed(text, &[]),
        [
            ("R13".into(), json!({})),
            ("R23".into(), json!({})),
            ("Topica".into(), topic("a")),
            ("Topicbc".into(), topic("b-c")),
        ]
    );
}

#[test]
fn loops_over_what_cannot_be_told() {
    let text = "Parameters: {N: {Type: CommaDelimitedList}}\nResources:\n  A: {Type: Custom::T, Properties: {K: v, 'Fn::ForEach::P': [I, !Ref N, {'${I}': 1}]}}\n  Fn::ForEach::L: [I, !Ref N, {'R${I}': {Type: Custom::T}}]\n";
    let model = model(text, &[]);
    assert!(model.errors[0].message.contains("the loop"), "{:?}", model.errors);
    let found = &model.resources[0];
    assert_eq!((&found.values, found.unknown.contains("")), (&json!({"K": "v"}), true));
    assert_eq!(listed(text, &[("N", "x")]).len(), 2);
}

#[test]
fn loops_have_a_bound() {
    let items = (0..200).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let body = (0..6).fold("{'R${V}': {Type: T}}".to_owned(), |body, n| {
        format!("{{'Fn::ForEach::L{n}': [V{n}, [{items}], {body}]}}")
    });
    let model = model(&format!("Resources: {body}\n"), &[]);
    assert!(model.errors.iter().any(|error| error.message.contains("too much")), "{:?}", model.errors);
}

#[test]
fn policies_of_deletion_reach_rules() {
    let text = "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Retain\n    UpdateReplacePolicy: !Ref P\n";
    let shown = resources(text, &[]);
    assert_eq!(
        (&shown[0]["values"], &shown[0]["unknown"]),
        (&json!({"deletion_policy": "Retain"}), &json!(["update_replace_policy"]))
    );
}
