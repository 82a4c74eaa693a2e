//! No input makes a scan panic, and nothing odd makes a rule stop.

use std::collections::BTreeMap;

use crate::BUILTIN;
use policies::Input;
use proptest::prelude::*;
use serde_json::{Value, json};

fn example(name: &str) -> String {
    let path = crate::pack::directory().join("aws").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const EXAMPLES: [&str; 6] = [
    "s3/public_policy/bad",
    "ec2/open_admin_ports/bad",
    "iam/user_inline_policy/good",
    "kms/open_policy/bad",
    "dynamodb/encryption/good",
    "sqs/open_policy/good",
];

/// A value to put anywhere: of a wrong type, empty, or with a meaning elsewhere.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z*{}\\[\\]/.$0-9]{0,12}".prop_map(Value::from),
        Just(Value::from(r#"{"Statement": [{"Principal": {"AWS": [1, null, {}]}, "Condition": [1]}]}"#)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "a", [{}]])),
        Just(json!({"Statement": {"Condition": {"StringEquals": {"aws:x": null}}, "Principal": 3}})),
    ]
}

/// Puts a value in the place of the n-th value of a tree.
fn replace(tree: &mut Value, place: &mut usize, value: &Value) -> bool {
    if *place == 0 {
        *tree = value.clone();
        return true;
    }
    *place -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, place, value)),
        Value::Object(map) => map.values_mut().any(|item| replace(item, place, value)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plans_with_odd_values(places in prop::collection::vec((0usize..400, odd()), 1..4)) {
        let mut plan: Value = serde_json::from_str(&example("change/public_access_opened/bad.plan.json")).expect("is JSON");
        for (mut place, value) in places {
            replace(&mut plan, &mut place, &value);
        }
        BUILTIN.scan(&Input::Plan { json: &plan, configuration: None });
    }

    /// Templates say what they like: odd values may be errors of the input, but never stop a rule.
    #[test]
    fn templates_with_odd_values(places in prop::collection::vec((0usize..300, odd()), 1..4)) {
        let mut template = every_type();
        for (mut place, value) in places {
            replace(&mut template, &mut place, &value);
        }
        let text = template.to_string();
        let scan = BUILTIN.scan(&Input::Template { path: "t.json", text: &text, parameters: &BTreeMap::new(), files: None });
        prop_assert!(scan.errors.iter().all(|error| error.rule.is_none()), "{}: {:?}", text, scan.errors);
    }

    #[test]
    fn templates_with_odd_letters(which in 0..EXAMPLES.len(), at in any::<prop::sample::Index>(), letters in "[\\-:{}\\[\\]&*!|>'\"%@ \n\t#,?a0\u{0}\u{e9}]{1,6}") {
        let text = example(&format!("{}.yaml", EXAMPLES[which]));
        let at = text.floor_char_boundary(at.index(text.len()));
        let broken = format!("{}{letters}{}", &text[..at], &text[at..]);
        BUILTIN.scan(&Input::Template { path: "t.yaml", text: &broken, parameters: &BTreeMap::new(), files: None });
    }
}

/// One resource of every type that is mapped.
fn every_type() -> Value {
    let document = json!({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": {"Fn::Sub": "${B.Arn}/*"},
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": {"Ref": "P"}}}}]});
    let policies = json!([{"PolicyName": "p", "PolicyDocument": document}]);
    let rule = json!({"IpProtocol": "tcp", "FromPort": "22", "ToPort": 22, "CidrIp": {"Fn::If": ["C", "0.0.0.0/0", {"Ref": "P"}]}});
    json!({
        "Parameters": {"P": {"Type": "String", "Default": "x"}},
        "Mappings": {"M": {"a": {"b": "c"}}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}, "D": {"Fn::Not": [{"Condition": "C"}]}},
        "Resources": {
            "B": {"Type": "AWS::S3::Bucket", "Condition": "C", "Properties": {"AccessControl": "PublicRead",
                "PublicAccessBlockConfiguration": {"BlockPublicAcls": "true"}, "VersioningConfiguration": {"Status": "Enabled"},
                "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}}},
            "BP": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "B"}, "PolicyDocument": document}},
            "R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": document, "Policies": policies}},
            "U": {"Type": "AWS::IAM::User", "Properties": {"Policies": policies}},
            "G": {"Type": "AWS::IAM::Group", "Properties": {"Policies": policies}},
            "MP": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}},
            "IP": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document, "Users": [{"Ref": "U"}], "Roles": [{"Ref": "R"}]}},
            "SG": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": [rule], "SecurityGroupEgress": rule}},
            "SI": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": rule},
            "SE": {"Type": "AWS::EC2::SecurityGroupEgress", "Properties": rule},
            "DI": {"Type": "AWS::RDS::DBInstance", "Properties": {"StorageEncrypted": {"Fn::Select": [0, [true]]}, "DBSnapshotIdentifier": "s"}},
            "DC": {"Type": "AWS::RDS::DBCluster", "Properties": {"StorageEncrypted": false}},
            "T": {"Type": "AWS::DynamoDB::Table", "Properties": {"SSESpecification": {"SSEEnabled": false},
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": {"Fn::FindInMap": ["M", "a", "b"]}}}},
            "K": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": document, "KeySpec": "RSA_2048"}},
            "TP": {"Type": "AWS::SNS::TopicPolicy", "Properties": {"Topics": [{"Ref": "P"}], "PolicyDocument": document}},
            "QP": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": {"Fn::Split": [",", "a,b"]}, "PolicyDocument": document}},
        },
    })
}

#[test]
fn the_mutated_template_is_whole() {
    let text = every_type().to_string();
    let scan = BUILTIN.scan(&Input::Template {
        path: "t.json",
        text: &text,
        parameters: &BTreeMap::new(),
        files: None,
    });
    assert!(scan.errors.is_empty() && scan.findings.len() > 5, "{scan:#?}");
}
