//! References between resources, locals and data sources.

use super::{check, links, resource, seen, set, sound};
use serde_json::json;

#[test]
fn what_is_written_is_a_value_and_what_is_computed_comes_from_the_resource() {
    let b = "resource \"b\" \"b\" {\n  name = \"n\"\n  none = null\n  inner {\n    key = \"k\"\n  }\n}\n";
    for (expression, value, unknown) in [
        ("b.b.name", json!({"a": "n"}), false),
        ("\"x-${b.b.name}\"", json!({"a": "x-n"}), false),
        ("b.b.inner[0].key", json!({"a": "k"}), false),
        ("b.b.arn", json!({}), true),
        ("b.b.none", json!({}), true),
        ("b.b.inner[0].other", json!({}), true),
        ("\"x-${b.b.id}\"", json!({}), true),
    ] {
        let unknown = if unknown { json!(["a"]) } else { json!([]) };
        check(
            &format!("{b}resource \"t\" \"x\" {{\n  a = {expression}\n}}\n"),
            &json!([value, unknown, {"a": ["b.b"]}]),
        );
    }
}

#[test]
fn locals_are_evaluated_when_asked_for_and_circles_are_unknown() {
    for (locals, value, unknown) in [
        ("a = local.b\nb = \"${local.c}!\"\nc = 1", json!({"v": "1!"}), json!([])),
        ("a = local.b\nb = local.a", json!({}), json!(["v"])),
        ("a = [local.a]", json!({"v": [null]}), json!(["v.0"])),
        ("b = 1", json!({}), json!(["v"])),
        ("a = t.x.v", json!({}), json!(["v"])),
    ] {
        let model = sound(&format!("locals {{\n{locals}\n}}\nresource \"t\" \"x\" {{\n  v = local.a\n}}\n"));
        let found = resource(&model, "t.x");
        assert_eq!((&found.values, json!(found.unknown)), (&value, unknown), "{locals}");
    }
}

#[test]
fn instances_are_told_apart() {
    let b = r#"
resource "b" "each" {
  for_each = { k = "one", l = "two" }
  name     = "n-${each.value}"
}
resource "b" "count" {
  count = 2
  name  = "c${count.index}"
}
resource "b" "open" {
  count = var.unknown
  name  = "o"
}
"#;
    for (expression, values, unknown, to) in [
        ("b.each[\"k\"].name", json!({"a": "n-one"}), &[][..], &["b.each[\"k\"]"][..]),
        ("b.each[\"l\"].id", json!({}), &["a"], &["b.each[\"l\"]"]),
        ("b.count[1].name", json!({"a": "c1"}), &[], &["b.count[1]"]),
        ("b.count[*].name", json!({"a": ["c0", "c1"]}), &[], &["b.count[0]", "b.count[1]"]),
        ("b.count.0.name", json!({"a": "c0"}), &[], &["b.count[0]"]),
        (
            "[for key, b in b.each : b.name]",
            json!({"a": ["n-one", "n-two"]}),
            &[],
            &["b.each[\"k\"]", "b.each[\"l\"]"],
        ),
        (
            "values(b.each)[*].name",
            json!({"a": ["n-one", "n-two"]}),
            &[],
            &["b.each[\"k\"]", "b.each[\"l\"]"],
        ),
        ("b.open[0].name", json!({"a": "o"}), &[], &["b.open"]),
        ("b.open[*].name", json!({}), &["a"], &["b.open"]),
        ("b.each[var.unknown].name", json!({}), &["a"], &["b.each[\"k\"]", "b.each[\"l\"]"]),
        ("length(b.count)", json!({"a": 2}), &[], &["b.count[0]", "b.count[1]"]),
    ] {
        let model = sound(&format!("{b}resource \"t\" \"x\" {{\n  a = {expression}\n}}\n"));
        let expected = json!([values, set(unknown), links(&[("a", to)])]);
        assert_eq!(seen(resource(&model, "t.x")), expected, "{expression}");
    }
}

#[test]
fn conditionals_take_the_arm_that_is_known() {
    for (expression, expected) in [
        ("true ? b.b.id : b.c.id", json!([{}, ["a"], {"a": ["b.b"]}])),
        ("var.unknown ? b.b.id : b.c.id", json!([{}, ["a"], {"a": ["b.b", "b.c"]}])),
        ("var.unknown ? \"s\" : \"s\"", json!([{"a": "s"}, [], {}])),
        ("null", json!([{}, [], {}])),
    ] {
        check(
            &format!(
                "resource \"b\" \"b\" {{}}\nresource \"b\" \"c\" {{}}\nresource \"t\" \"x\" {{\n  a = {expression}\n}}\n"
            ),
            &expected,
        );
    }
}

#[test]
fn the_partition_is_told_and_the_account_is_not() {
    let text = r#"
data "aws_partition" "p" {}
data "aws_caller_identity" "c" {}
resource "t" "x" {
  a = "arn:${data.aws_partition.p.partition}:iam::aws:policy/X"
  b = data.aws_caller_identity.c.account_id
}
"#;
    check(text, &json!([{"a": "arn:aws:iam::aws:policy/X"}, ["b"], {}]));
}

#[test]
fn a_reference_through_a_reference_names_all_on_the_way() {
    let text = "resource \"b\" \"b\" {}\nresource \"c\" \"c\" {\n  bucket = b.b.id\n}\nresource \"t\" \"x\" {\n  bucket = c.c.bucket\n}\n";
    check(text, &json!([{}, ["bucket"], {"bucket": ["b.b", "c.c"]}]));
}

#[test]
fn what_configures_a_bucket_has_the_bucket_s_id() {
    let text = r#"
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
}
resource "t" "x" {
  bucket = aws_s3_bucket_policy.p.id
}
"#;
    check(text, &json!([{}, ["bucket"], {"bucket": ["aws_s3_bucket.b", "aws_s3_bucket_policy.p"]}]));
}

#[test]
fn the_last_of_two_keys_in_an_object_counts() {
    let text =
        "resource \"t\" \"x\" {\n  a = { k = 1, \"l\" = 1\n    k = 2\n    \"l\" = 2\n    k = 3\n  }\n}\n";
    check(text, &json!([{"a": {"k": 3, "l": 2}}, [], {}]));
}
