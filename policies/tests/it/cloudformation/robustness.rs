//! Whatever the text is, reading it ends, and in time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use policies::Input;
use policies::source::Tree;
use proptest::prelude::*;

const TEMPLATE: &str = "\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: {P: {Type: CommaDelimitedList, Default: 'a,b'}, N: {Type: Number}}
Mappings: {M: {a: {b: c}}}
Conditions: {C: !And [!Equals [!Ref N, 1], !Not [!Condition D]], D: !Or [!Condition C, !Equals [a, a]]}
Globals: {Function: {Runtime: x, Tags: {a: b}}}
Resources:
  Fn::ForEach::L: [V, !Ref P, {'B${V}': {Type: AWS::S3::Bucket, Properties: &p {BucketName: !Sub '${V}-${AWS::Region}', Tags: [{Key: k, Value: !Ref N}]}}}]
  F: {Type: AWS::Serverless::Function, Properties: {Policies: [S3ReadPolicy: {BucketName: b}], Events: {E: {Type: Api}, S: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}}}
  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t.yaml, Parameters: {P: !Join [',', [x, !Ref N]]}}}
  L:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: !If [C, 1, !Ref AWS::NoValue]}]}
  D: {Type: AWS::DynamoDB::Table, Properties: {<<: *p, KeySchema: [{AttributeName: !Select [0, !Ref P], KeyType: HASH}], SSESpecification: !FindInMap [M, a, b]}}
  K: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Image: !Cidr [10.0.0.0/8, 3, 8]}]}}
  O: {Type: AWS::OpenSearchService::Domain, Properties: {LogPublishingOptions: {A: {Enabled: 'true'}}, AccessPolicies: {Statement: []}}}
";

fn read(text: &str) {
    let tree = Tree::new([("t.yaml".to_owned(), text.to_owned())]);
    let parameters = BTreeMap::new();
    let start = Instant::now();
    let input = Input::Template { path: "t.yaml", text, parameters: &parameters, files: Some(&tree) };
    if let Ok(model) = input.model() {
        for resource in &model.resources {
            assert!(resource.values.is_object() && resource.extent.is_some());
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{text}");
}

#[test]
fn the_template_itself_is_read() {
    let parameters = BTreeMap::new();
    let input = Input::Template { path: "u.yaml", text: TEMPLATE, parameters: &parameters, files: None };
    let model = input.model().expect("is a template");
    assert_eq!(model.errors, []);
    assert!(model.resources.len() > 12, "{}", model.resources.len());
}

/// A part of the template in place of another.
fn moved(from: usize, length: usize, to: usize) -> String {
    let cut =
        |index: usize| TEMPLATE.char_indices().nth(index % TEMPLATE.len()).map_or(0, |(place, _)| place);
    let (from, to) = (cut(from), cut(to));
    let piece: String = TEMPLATE.chars().skip(from).take(length).collect();
    let (before, after) = TEMPLATE.split_at(to);
    format!("{before}{piece}{}", after.chars().skip(length).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_yaml_like_text(text in "[-:\\[\\]{}&*!|>'\"#%@` \n\ta-z0-9$<?,]{0,200}") {
        read(&text);
        read(&format!("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {text}"));
    }

    #[test]
    fn any_beginning(length in 0..TEMPLATE.len()) {
        read(&TEMPLATE.chars().take(length).collect::<String>());
    }

    #[test]
    fn any_part_elsewhere(from in any::<usize>(), length in 1..60_usize, to in any::<usize>()) {
        read(&moved(from, length, to));
    }
}

#[test]
fn what_grows_has_a_bound() {
    let wide = |n: usize| (0..n).map(|n| format!("  R{n}: {{Type: AWS::S3::Bucket}}\n")).collect::<String>();
    let nested = (0..150).fold("x".to_owned(), |inner, _| format!("[{inner}]"));
    let conditions: String =
        (0..2000).map(|n| format!("  C{n}: !And [!Condition C{}, !Condition C{}]\n", n + 1, n + 2)).collect();
    for text in [
        format!("Resources:\n{}", wide(20_000)),
        format!(
            "Resources: {{A: {{Type: AWS::EC2::Instance, Properties: {{BlockDeviceMappings: {nested}}}}}}}"
        ),
        format!("Conditions:\n{conditions}Resources: {{A: {{Type: T, Condition: C0}}}}"),
        format!(
            "Mappings: {{M: {{a: {{b: {}}}}}}}\nResources: {{A: {{Type: T, Properties: {{X: [{}]}}}}}}",
            "x".repeat(100_000),
            "!FindInMap [M, a, b], ".repeat(5_000)
        ),
    ] {
        read(&text);
    }
}
