//! Where variables get their values from, and what their types make of them.

use std::collections::BTreeMap;

use super::{model, model_with, resource, sound};
use policies::terraform::{Argument, Options};
use serde_json::{Value, json};

const USE: &str = "resource \"t\" \"x\" {\n  v = var.v\n}\n";

fn value(files: &[(&str, &str)], options: &Options) -> Value {
    let model = model_with(files, ".", options);
    assert_eq!(model.errors, [], "{files:?}");
    let found = resource(&model, "t.x");
    if found.unknown.contains("v") { json!("unknown") } else { found.values["v"].clone() }
}

fn argument(value: &str) -> Argument {
    Argument::Variable { name: "v".into(), value: value.into() }
}

#[test]
fn the_strongest_source_counts() {
    let main = format!("variable \"v\" {{\n  default = \"default\"\n}}\n{USE}");
    let steps = [
        ("terraform.tfvars", "v = \"terraform\""),
        ("terraform.tfvars.json", "{\"v\": \"json\"}"),
        ("a.auto.tfvars", "v = \"a\""),
        ("b.auto.tfvars.json", "{\"v\": \"b\"}"),
    ];
    let mut files = vec![("main.tf", main.as_str()), ("given.tfvars", "v = \"file\"")];
    let mut options = Options::default();
    assert_eq!(value(&files, &options), json!("default"));
    options.environment = BTreeMap::from([("v".to_owned(), "environment".to_owned())]);
    assert_eq!(value(&files, &options), json!("environment"));
    for ((name, text), expected) in steps.into_iter().zip(["terraform", "json", "a", "b"]) {
        files.push((name, text));
        assert_eq!(value(&files, &options), json!(expected));
    }
    options.arguments = vec![argument("argument")];
    assert_eq!(value(&files, &options), json!("argument"));
    options.arguments.push(Argument::File("given.tfvars".into()));
    assert_eq!(value(&files, &options), json!("file"));
    options.arguments.push(argument("last"));
    assert_eq!(value(&files, &options), json!("last"));
}

#[test]
fn types_decide_what_a_value_becomes() {
    for (kind, default, expected) in [
        ("string", "1", json!("1")),
        ("number", "\"2\"", json!(2)),
        ("bool", "\"true\"", json!(true)),
        ("list(string)", "[1, true]", json!(["1", "true"])),
        ("set(string)", "[\"b\", \"a\", \"b\"]", json!(["a", "b"])),
        ("map(number)", "{ a = \"1\" }", json!({"a": 1})),
        (
            "object({ a = string, b = optional(number, 3), c = optional(bool) })",
            "{ a = 1, z = 1 }",
            json!({"a": "1", "b": 3}),
        ),
        (
            "list(object({ a = optional(string, \"d\") }))",
            "[{}, { a = \"x\" }]",
            json!([{"a": "d"}, {"a": "x"}]),
        ),
        (
            "map(object({ a = optional(object({ b = optional(string, \"d\") }), {}) }))",
            "{ k = {} }",
            json!({"k": {"a": {"b": "d"}}}),
        ),
        ("tuple([string, number])", "[1, \"2\"]", json!(["1", 2])),
        ("any", "[1, \"a\"]", json!([1, "a"])),
        ("string", "[]", json!("unknown")),
        ("list(string)", "null", Value::Null),
    ] {
        let main = format!("variable \"v\" {{\n  type = {kind}\n  default = {default}\n}}\n{USE}");
        assert_eq!(value(&[("main.tf", &main)], &Options::default()), expected, "{kind} {default}");
    }
}

#[test]
fn arguments_are_text_or_expressions_by_type() {
    for (kind, text, expected) in [
        ("type = string", "[1]", json!("[1]")),
        ("", "[1]", json!("[1]")),
        ("type = number", "5", json!(5)),
        ("type = bool", "true", json!(true)),
        ("type = list(number)", "[1, 2]", json!([1, 2])),
        ("type = any", "{ a = 1 }", json!({"a": 1})),
        ("type = list(number)", "[1", json!("unknown")),
        ("type = string\n  sensitive = true", "secret", json!("unknown")),
    ] {
        let main = format!("variable \"v\" {{\n  {kind}\n}}\n{USE}");
        let options = Options { arguments: vec![argument(text)], ..Options::default() };
        assert_eq!(value(&[("main.tf", &main)], &options), expected, "{kind} {text}");
    }
}

#[test]
fn what_is_not_given_is_unknown_and_null_may_be_refused() {
    let options = Options::default();
    let plain = format!("variable \"v\" {{}}\n{USE}");
    assert_eq!(value(&[("main.tf", &plain)], &options), json!("unknown"));
    assert_eq!(value(&[("main.tf", USE)], &options), json!("unknown"));
    for (nullable, expected) in [("", Value::Null), ("nullable = false", json!("d"))] {
        let main = format!("variable \"v\" {{\n  default = \"d\"\n  {nullable}\n}}\n{USE}");
        let files = [("main.tf", main.as_str()), ("terraform.tfvars", "v = null")];
        assert_eq!(value(&files, &options), expected, "{nullable}");
    }
}

#[test]
fn the_workspace_is_an_option() {
    let text = "resource \"t\" \"x\" {\n  v = terraform.workspace\n}\n";
    assert_eq!(resource(&sound(text), "t.x").values, json!({"v": "default"}));
    let options = Options { workspace: "live".into(), ..Options::default() };
    assert_eq!(value(&[("main.tf", text)], &options), json!("live"));
}

#[test]
fn a_broken_file_of_values_is_an_error_with_its_place() {
    let main = format!("variable \"v\" {{\n  default = 1\n}}\n{USE}");
    let model = model(&[("main.tf", &main), ("terraform.tfvars", "v = 1\nv = = 2\n")]);
    let [error] = model.errors.as_slice() else { panic!("{:?}", model.errors) };
    assert_eq!(
        error.location.as_ref().map(|place| (place.file.as_str(), place.line)),
        Some(("terraform.tfvars", 2))
    );
    assert_eq!(resource(&model, "t.x").values, json!({"v": 1}));
}
