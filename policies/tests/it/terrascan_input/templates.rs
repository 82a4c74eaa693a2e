//! Templates.

use policies::terrascan::template;
use serde_json::{Value, json};

fn read(text: &str) -> Value {
    template("dir/t.yaml", "t.yaml", text).json()
}

/// The `config` of the first resource of a type, and of it only these fields.
fn fields(text: &str, kind: &str, names: &[&str]) -> Value {
    let json = read(text);
    let config = json.get(kind).and_then(|list| list.get(0)).map(|entry| entry["config"].clone());
    let config = config.unwrap_or_else(|| panic!("no {kind} in {json}"));
    names
        .iter()
        .map(|name| ((*name).to_owned(), config.get(*name).cloned().unwrap_or("left out".into())))
        .collect()
}

#[test]
fn every_field_that_is_known_is_there() {
    let text = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n";
    let config = &read(text)["aws_s3_bucket"][0]["config"];
    assert_eq!(
        *config,
        json!({
            "tags": null, "name": "", "provider_version": "5.0.0", "bucket": "", "acl": "", "logging": null, "website": null,
        })
    );
}

#[test]
fn parts_are_resources_of_their_own() {
    let text = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: b\n      AccessControl: PublicRead\n      PublicAccessBlockConfiguration:\n        BlockPublicAcls: 'true'\n";
    assert_eq!(fields(text, "aws_s3_bucket", &["acl", "name"]), json!({"acl": "publicread", "name": "b"}));
    let json = read(text);
    let block = &json["aws_s3_bucket_public_access_block"][0];
    assert_eq!((&block["id"], &block["line"]), (&json!("aws_s3_bucket_public_access_block.b"), &json!(1)));
    assert_eq!(
        (&block["config"]["bucket"], &block["config"]["block_public_acls"]),
        (&json!("aws_s3_bucket.B"), &json!(true))
    );
    assert_eq!(json["aws_s3_bucket"][0]["line"], json!(2));
}

#[test]
fn functions_are_resolved_as_far_as_terrascan_does() {
    let head = "Parameters:\n  P:\n    Default: p\nConditions:\n  C: !Equals [a, a]\nMappings:\n  M:\n    a:\n      b: found\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: ";
    for (written, expected) in [
        ("!Ref P", "p"),
        ("!Ref Q", "Q"),
        ("!Ref AWS::AccountId", "123456789012"),
        ("!GetAtt Q.Arn", ""),
        ("!Sub '${P}-${Q}-${Q.Arn}-${AWS::Region}'", "p---us-east-1"),
        ("!Join ['-', [a, !Ref P]]", "a-p"),
        ("!Select [1, [a, b]]", "b"),
        ("!FindInMap [M, a, b]", "found"),
        ("!If [C, a, b]", ""),
        ("!ImportValue x", ""),
        ("12", "12"),
    ] {
        let found = fields(&format!("{head}{written}\n"), "aws_sqs_queue", &["name"]);
        assert_eq!(found, json!({"name": expected}), "{written}");
    }
}

#[test]
fn policies_are_text() {
    let text = "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Metadata:\n      runterrascan.io/skip: '[{\"rule\": \"AC_1\", \"comment\": \"known\"}]'\n    Properties:\n      AssumeRolePolicyDocument:\n        B: <x>\n        A: []\n      Policies:\n        - PolicyName: p\n          PolicyDocument: {}\n";
    let expected = json!({"name": "", "assume_role_policy": "{\"A\":[],\"B\":\"\\u003cx\\u003e\"}"});
    assert_eq!(fields(text, "aws_iam_role", &["name", "assume_role_policy"]), expected);
    let json = read(text);
    assert_eq!(json["aws_iam_role_policy"][0]["id"], json!("aws_iam_role_policy.p0"));
    assert_eq!(json["aws_iam_role"][0]["skip_rules"], json!([{"rule": "AC_1", "comment": "known"}]));
}

#[test]
fn a_text_that_is_no_template_is_an_error() {
    let document = template("t.yaml", "t.yaml", "a: [");
    assert_eq!((document.len(), document.errors.len()), (0, 1));
    assert!(read("Resources: []").as_object().is_some_and(serde_json::Map::is_empty));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_properties_are_too_strange(text in "(\\[|\\]|\\{|\\}|: |, |!Ref |!Sub |!If |a|Tags|1|true|\n      ){0,30}") {
        for kind in ["EC2::Instance", "S3::Bucket", "ElasticLoadBalancingV2::Listener", "Serverless::Function", "ECS::TaskDefinition"] {
            read(&format!("Resources:\n  R:\n    Type: AWS::{kind}\n    Properties:\n      {text}\n"));
        }
    }
}
