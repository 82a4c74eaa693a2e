//! Where resources are written, and stacks in stacks.

use std::collections::BTreeMap;

use policies::Input;
use policies::resource::Model;
use policies::source::Tree;

fn model(files: &[(&str, &str)], path: &str) -> Model {
    let tree = Tree::new(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let text = files.iter().find(|(name, _)| *name == path).expect("is there").1;
    let parameters = BTreeMap::new();
    Input::Template { path, text, parameters: &parameters, files: Some(&tree) }.model().expect("is read")
}

/// `address file:first-last` of every resource.
fn places(model: &Model) -> Vec<String> {
    let place = |resource: &policies::resource::Resource| {
        let extent = resource.extent.as_ref().expect("known");
        assert_eq!(resource.location.as_ref().map(|location| location.line), Some(extent.first));
        format!("{} {}:{}-{}", resource.address, extent.file, extent.first, extent.last)
    };
    model.resources.iter().map(place).collect()
}

#[test]
fn extents_are_the_lines_of_the_resource() {
    for (text, expected) in [
        (
            "Resources:\n  A:\n    Type: T\n    Properties:\n      X: |\n        a\n        b\n\n  # B's comment\n  B: {Type: T,\n    Properties: {}\n  }\n  C:\n    Type: T\nOutputs: {}\n",
            &["A t:2-7", "B t:10-12", "C t:13-14"][..],
        ),
        (
            "{\n \"Resources\": {\n  \"A\": {\n   \"Type\": \"T\"\n  },\n  \"B\": {\"Type\": \"T\"}\n }\n}",
            &["A t:3-5", "B t:6-6"],
        ),
        ("\u{feff}Resources:\r\n  A:\r\n    Type: T\r\n  B:\r\n    Type: T\r\n", &["A t:2-3", "B t:4-5"]),
        (
            "X: &x\n  Type: T\n  Y: 1\nResources:\n  A: *x\n  B:\n    <<: *x\n    Z: 1\n",
            &["A t:5-5", "B t:6-8"],
        ),
        ("---\nResources:\n  A:\n    Type: T\n    X: !Sub\n      - ${Y}\n      - Y: 1\n...\n", &["A t:3-7"]),
    ] {
        assert_eq!(places(&model(&[("t", text)], "t")), expected, "{text}");
    }
}

const CHILD: &str = "\
Parameters: {Public: {Type: String, Default: 'false'}, Other: {Type: String, Default: known}}
Resources:
  D: {Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: !Ref Public, Engine: !Ref Other, KmsKeyId: !GetAtt K.Arn}}
  K: {Type: AWS::KMS::Key}
";

#[test]
fn stacks_in_stacks_are_read() {
    let parent = "\
Resources:
  S:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ../child/c.yaml, Parameters: {Public: 'true', Other: !GetAtt X.Y}}
  A: {Type: AWS::Serverless::Application, Properties: {Location: ./gone.yaml}}
  U: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.com/child/c.yaml'}}
";
    let model = model(&[("top/p.yaml", parent), ("child/c.yaml", CHILD)], "top/p.yaml");
    assert_eq!(
        places(&model)[..3],
        ["S top/p.yaml:2-4", "S/D child/c.yaml:3-3", "S/K child/c.yaml:4-4"].map(str::to_owned)
    );
    let database = &model.resources[1];
    assert_eq!(database.values["publicly_accessible"], true);
    assert!(database.unknown.contains("engine"), "{:?}", database.unknown);
    assert!(database.links["kms_key_id"].contains("S/K"));
    assert_eq!(database.callers.iter().map(|caller| caller.first).collect::<Vec<_>>(), [2]);
}

#[test]
fn stacks_that_name_themselves_end() {
    let text = "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./t.yaml}}}";
    assert_eq!(places(&model(&[("t.yaml", text)], "t.yaml")).len(), 1);
    let (a, b) = (text.replace("t.yaml", "b.yaml"), text.replace("t.yaml", "a.yaml"));
    assert_eq!(places(&model(&[("a.yaml", &a), ("b.yaml", &b)], "a.yaml")).len(), 2);
}
