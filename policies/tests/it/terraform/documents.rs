//! IAM documents in all the ways in which Terraform writes them.

use super::{resource, sound};
use serde_json::{Value, json};

/// The statements that rules see at `policy` of `t.x`.
fn statements(text: &str) -> Value {
    resource(&sound(text), "t.x").documents["policy"]["statements"].clone()
}

fn of(policy: &str) -> Value {
    statements(&format!(
        "resource \"b\" \"b\" {{}}\nvariable \"unknown\" {{}}\nresource \"t\" \"x\" {{\n  policy = {policy}\n}}\n"
    ))
}

#[test]
fn texts_and_encoded_objects_are_documents() {
    let expected = json!([{"effect": "Allow", "actions": ["s3:*"], "resources": ["*"], "conditions": {}}]);
    for policy in [
        "jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"s3:*\", Resource = \"*\" }] })",
        "\"{\\\"Statement\\\": {\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"s3:*\\\", \\\"Resource\\\": \\\"*\\\"}}\"",
        "<<-EOT\n    {\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}\n  EOT\n",
    ] {
        assert_eq!(of(policy), expected, "{policy}");
    }
}

#[test]
fn what_is_known_of_a_document_is_seen() {
    for policy in [
        "jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"s3:*\", Resource = b.b.arn }] })",
        "<<EOT\n{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"${b.b.arn}\"}]}\nEOT\n",
    ] {
        let found = of(policy);
        assert_eq!(
            (&found[0]["effect"], &found[0]["actions"]),
            (&json!("Allow"), &json!(["s3:*"])),
            "{policy}"
        );
    }
}

#[test]
fn the_policy_document_is_made() {
    let text = r#"
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "One"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  statement {
    sid       = "Two"
    actions   = ["s3:PutObject"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "p" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid         = "Two"
    effect      = "Deny"
    not_actions = ["s3:*", "sqs:*"]
    resources   = ["a", "b"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
  dynamic "statement" {
    for_each = ["x"]
    content {
      actions       = ["${statement.value}:*"]
      not_resources = ["*"]
      not_principals {
        type        = "Service"
        identifiers = ["a.amazonaws.com", "b.amazonaws.com"]
      }
    }
  }
}
resource "t" "x" {
  policy = data.aws_iam_policy_document.p.json
}
"#;
    assert_eq!(
        statements(text),
        json!([
            {"sid": "One", "effect": "Allow", "actions": ["s3:GetObject"], "resources": ["*"], "conditions": {}},
            {"sid": "Two", "effect": "Deny", "not_actions": ["s3:*", "sqs:*"], "resources": ["a", "b"],
             "principals": {"AWS": ["*"]}, "conditions": {"Bool": {"aws:SecureTransport": "false"}}},
            {"effect": "Allow", "actions": ["x:*"], "not_resources": ["*"],
             "not_principals": {"Service": ["a.amazonaws.com", "b.amazonaws.com"]}, "conditions": {}},
        ])
    );
}

#[test]
fn an_open_policy_document_keeps_what_is_known() {
    let text = r#"
resource "b" "b" {}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = [b.b.arn, "${b.b.arn}/*", "known"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "t" "x" {
  policy = data.aws_iam_policy_document.p.json
}
"#;
    let model = sound(text);
    let found = resource(&model, "t.x");
    let statement = &found.documents["policy"]["statements"][0];
    assert_eq!((&statement["actions"], &statement["principals"]), (&json!(["s3:*"]), &json!({"AWS": ["*"]})));
    assert_eq!(statement["resources"][2], json!("known"));
    assert_eq!(json!([found.unknown, found.links]), json!([["policy"], {"policy": ["b.b"]}]));
    let data = resource(&model, "data.aws_iam_policy_document.p");
    assert!(data.documents.contains_key("json"), "{data:?}");
}

#[test]
fn overrides_come_last_and_the_version_is_told() {
    let text = r#"
data "aws_iam_policy_document" "over" {
  statement {
    sid       = "S"
    actions   = ["new"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "p" {
  version                   = "2008-10-17"
  policy_id                 = "id"
  override_policy_documents = [data.aws_iam_policy_document.over.json]
  statement {
    sid       = "S"
    actions   = ["old"]
    resources = ["*"]
  }
}
resource "t" "x" {
  policy = jsondecode(data.aws_iam_policy_document.p.json)
}
"#;
    assert_eq!(
        resource(&sound(text), "t.x").values["policy"],
        json!({"Version": "2008-10-17", "Id": "id", "Statement": [{"Sid": "S", "Effect": "Allow", "Action": "new", "Resource": "*"}]})
    );
}

#[test]
fn placeholders_in_a_document_are_replaced() {
    let text = r#"
resource "b" "b" {}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = ["_ARN_/x", b.b.arn]
    principals {
      type        = "AWS"
      identifiers = ["_ACCOUNT_"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = compact(["", data.aws_iam_policy_document.p.json])
}
resource "t" "x" {
  policy = replace(replace(data.aws_iam_policy_document.all.json, "_ACCOUNT_", "1"), "_ARN_", b.b.arn)
}
"#;
    let found = statements(text);
    assert_eq!(
        (&found[0]["actions"], &found[0]["principals"], found[0]["resources"].as_array().map(Vec::len)),
        (&json!(["s3:*"]), &json!({"AWS": ["1"]}), Some(2)),
        "{found}"
    );
    assert!(!found.to_string().contains("_ARN_"), "{found}");
}
