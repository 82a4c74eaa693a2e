//! What `wayleave.hcl` means.

use crate::{account, infra, read_stacks};
use landing_zone::{Engine, Region, Scope, StackName, StageName};
use serde_json::{Value, json};

#[test]
fn what_is_left_out_has_defaults() {
    let file = read_stacks("stack \"a\" {\nengine = \"sam\"\npath = \"./x//y/../z/\"\n}");
    let stack = file.stack(&StackName::parse("a").unwrap()).unwrap();
    assert_eq!((stack.engine, stack.path.as_str()), (Engine::Sam, "x/z"));
    assert_eq!(stack.template.as_deref(), Some("template.yaml"));
    assert_eq!(stack.stages.iter().map(StageName::as_str).collect::<Vec<_>>(), ["dev", "stg"]);
    assert_eq!(stack.regions, [Region::parse("ap-northeast-2").unwrap()]);
    assert_eq!(stack.when_modified, None);
    let file = read_stacks("stack \"a\" {\nengine = \"terraform\"\npath = \".\"\n}");
    assert_eq!((file.stacks[0].template.as_deref(), file.stacks[0].path.as_str()), (None, "."));
}

#[test]
fn stacks_keep_the_order_of_the_file() {
    let stack = |name: &str| format!("stack \"{name}\" {{\nengine = \"opentofu\"\npath = \"{name}\"\n}}\n");
    let file = read_stacks(&["z", "a", "m"].map(stack).concat());
    assert_eq!(file.stacks.iter().map(|stack| stack.name.as_str()).collect::<Vec<_>>(), ["z", "a", "m"]);
}

/// The value of one input of a stack in dev, or what is said instead.
fn input(engine: &str, attribute: &str, expression: &str) -> Result<Value, String> {
    let text = format!(
        "stack \"a\" {{\nengine = \"{engine}\"\npath = \"a\"\n{attribute} = {{ X = {expression} }}\n}}"
    );
    let (stage, region) = (StageName::parse("dev").unwrap(), Region::parse("us-east-1").unwrap());
    let account =
        account("222222222222", "Acme Dev", Some("Workloads/NonProd"), &[("team", "pay"), ("a b", "c")]);
    let repository = infra();
    let scope =
        Scope { account: &account, stage: &stage, region: &region, commit: "0a1b", repository: &repository };
    let inputs = read_stacks(&text).stacks[0].inputs(&scope).map_err(|found| found.to_string())?;
    Ok(inputs["X"].clone())
}

#[test]
fn variables_are_json() {
    for (expression, expected) in [
        (r#""${stage.name}-${region}""#, json!("dev-us-east-1")),
        ("account.id", json!("222222222222")),
        (
            "account",
            json!({
                "id": "222222222222", "name": "Acme Dev", "ou": "Workloads/NonProd", "tags": { "team": "pay", "a b": "c" },
            }),
        ),
        (r#"account.tags["a b"]"#, json!("c")),
        (r#"lookup(account.tags, "none", "x")"#, json!("x")),
        (r#"stage.name == "prd" ? 1 : 2"#, json!(2)),
        ("[commit, repository, null, true, 1.5]", json!(["0a1b", "acme/infra", null, true, 1.5])),
        (r#"[for s in split("-", region): upper(s) if s != "1"]"#, json!(["US", "EAST"])),
        (r#"{ for k, v in account.tags : v => k }"#, json!({ "pay": "team", "c": "a b" })),
        (r#"merge({ a = 1 }, { b = 2 }, { a = 3 })"#, json!({ "a": 3, "b": 2 })),
        (r#"concat([1], [2, 3])"#, json!([1, 2, 3])),
        (r#"join(".", ["a", 1, true])"#, json!("a.1.true")),
        (r#"replace(lower(account.name), " ", "-")"#, json!("acme-dev")),
        (r#"contains(["a", "b"], "b") && length("é") == 1 && length([1, 2]) == 2"#, json!(true)),
        ("1 + 2 - 4", json!(-1)),
    ] {
        assert_eq!(input("terraform", "variables", expression), Ok(expected), "{expression}");
    }
}

#[test]
fn parameters_are_strings() {
    for (expression, expected) in [
        ("stage.name", "dev"),
        ("1.5", "1.5"),
        ("true", "true"),
        (r#"["a", 1, false]"#, "a,1,false"),
        ("[]", ""),
    ] {
        assert_eq!(input("cloudformation", "parameters", expression), Ok(json!(expected)), "{expression}");
    }
}

#[test]
fn an_input_without_a_value_is_reported_with_its_place() {
    insta::assert_snapshot!(input("terraform", "variables", "account.tags.owner").unwrap_err(), @r#"wayleave.hcl:4:19: the expression has no value: no such key: `owner` (in stage dev, account Acme Dev (222222222222) and region us-east-1; for a tag that may be missing: lookup(account.tags, "name", "default"))"#);
    insta::assert_snapshot!(input("sam", "parameters", "account").unwrap_err(), @r#"wayleave.hcl:4:20: {"id":"222222222222","name":"Acme Dev","ou":"Workloads/NonProd","tags":{"a b":"c","team":"pay"}} cannot be the value of a parameter (a parameter is a string, a number, a boolean, or a list of these without commas in them)"#);
    insta::assert_snapshot!(input("sam", "parameters", r#"["a,b"]"#).unwrap_err(), @r#"wayleave.hcl:4:20: ["a,b"] cannot be the value of a parameter (a parameter is a string, a number, a boolean, or a list of these without commas in them)"#);
    insta::assert_snapshot!(input("sam", "parameters", "null").unwrap_err(), @r#"wayleave.hcl:4:20: null cannot be the value of a parameter (a parameter is a string, a number, a boolean, or a list of these without commas in them)"#);
}
