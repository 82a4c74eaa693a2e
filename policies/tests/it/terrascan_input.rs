//! The input of Terrascan's rules, as measured on Terrascan 1.19; small configurations of one behaviour each.

mod templates;
mod violations;

use policies::source::Tree;
use policies::terrascan::{Document, Options, document};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(files: &[(&str, &str)]) -> Document {
    let tree = Tree::new(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    document(&tree, ".", &Options { lines: true, ..Options::default() })
}

/// The `config` of the one resource.
fn config(text: &str) -> Value {
    let json = read(&[("main.tf", text)]).json();
    json.pointer("/r/0/config").cloned().unwrap_or_else(|| panic!("one resource of type r in {json}"))
}

/// A resource with these attributes, and what else the file holds.
fn check(attributes: &str, rest: &str, expected: &Value) {
    let found = config(&format!("resource \"r\" \"n\" {{\n{attributes}\n}}\n{rest}"));
    assert_eq!(&found, expected, "{attributes} with {rest}");
}

#[test]
fn literals_are_values_and_everything_else_is_text() {
    for (attributes, expected) in [
        ("a = 1", json!({"a": 1})),
        ("a = -1", json!({"a": "${-1}"})),
        ("a = 1.5", json!({"a": 1.5})),
        ("a = (1)", json!({"a": "${(1)}"})),
        ("a = true", json!({"a": true})),
        ("a = null", json!({"a": null})),
        ("a = []", json!({"a": null})),
        ("a = [1, \"b\", x.y]", json!({"a": [1, "b", "${x.y}"]})),
        ("a = 1 + 2", json!({"a": "${1 + 2}"})),
        ("a = x.y[*].z", json!({"a": "${x.y[*].z}"})),
        ("a = \"${x.y}\"", json!({"a": "${x.y}"})),
        ("a = \"${[1]}\"", json!({"a": [1]})),
        ("a = \"b ${x ? \"c\" : d}\"", json!({"a": "b %{if x}c%{else}${d}%{endif}"})),
        ("a = \"%{for k, v in x}${k}\\n%{endfor}\"", json!({"a": "%{for k, v in x}${k}\n%{endfor}"})),
        ("a = jsonencode({\n  b = 1\n})", json!({"a": "${jsonencode({\n  b = 1\n})}"})),
        (
            "a = { b = 1, \"c\" = x, (d) = 2, e.f = 3 }",
            json!({"a": {"b": 1, "c": "${x}", "${(d)}": 2, "e.f": 3}}),
        ),
        ("a = { b = 1, b = 2 }", json!({"a": {"b": 2}})),
    ] {
        check(attributes, "", &expected);
    }
}

#[test]
fn text_that_is_a_json_object_is_one() {
    for (attributes, expected) in [
        ("a = <<EOF\n{\"b\": [1]}\nEOF", json!({"a": {"b": [1]}})),
        ("a = <<-EOF\n    {\"b\": 1}\n    EOF", json!({"a": {"b": 1}})),
        ("a = \"[1]\"", json!({"a": "[1]"})),
        ("a = \"null\"", json!({"a": null})),
        ("a = [\"{}\"]", json!({"a": ["{}"]})),
        ("b {\n  a = \"{}\"\n}", json!({"b": [{"a": {}}]})),
    ] {
        check(attributes, "", &expected);
    }
}

#[test]
fn blocks_are_lists_and_nothing_is_expanded() {
    check("b {\n  c = 1\n}\nb {\n  c = 2\n}", "", &json!({"b": [{"c": 1}, {"c": 2}]}));
    check(
        "count = 2\nlifecycle {\n  ignore_changes = [x]\n}",
        "",
        &json!({"count": 2, "lifecycle": [{"ignore_changes": ["${x}"]}]}),
    );
    check(
        "provisioner \"local-exec\" {\n  command = \"x\"\n}",
        "",
        &json!({"provisioner": [{"local-exec": {"command": "x"}}]}),
    );
    let dynamic = "dynamic \"b\" {\n  for_each = var.l\n  content {\n    c = var.l\n  }\n}";
    let expected = json!({"dynamic": [{"b": {"for_each": "${var.l}", "content": [{"c": "${var.l}"}]}}]});
    check(dynamic, "variable \"l\" {\n  default = \"x\"\n}", &expected);
}

#[test]
fn variables_are_replaced_as_text() {
    for (attribute, default, expected) in [
        ("var.v", "\"x\"", json!("x")),
        ("\"a-${var.v}-b\"", "\"x\"", json!("a-x-b")),
        ("upper(var.v)", "\"x\"", json!("${upper(x)}")),
        ("var.v ? \"yes\" : \"no\"", "true", json!(true)),
        ("\"p${var.v}\"", "22", json!(22)),
        ("var.v", "60 * 60", json!(3600)),
        ("var.v[0]", "[\"a\", \"b\"]", json!(["a", "b"])),
        ("var.v", "[]", json!(null)),
        ("var.v.k", "{ k = \"a\", l = [] }", json!("{\"k\":\"a\",\"l\":null}.k}")),
        ("var.v", "{}", json!("${var.v}")),
        ("var.v", "null", json!("${var.v}")),
        ("var.v", "upper(\"x\")", json!("${var.v}")),
        ("{ k = var.v }", "\"x\"", json!({"k": "${var.v}"})),
        ("[var.v, 1]", "\"x\"", json!(["x", 1])),
        ("[1, var.v]", "\"x\"", json!([1, "${var.v}"])),
        ("lookup(var.v, \"k\")", "{ k = \"a\" }", json!("${lookup(var.v, \"k\")}")),
    ] {
        let rest = format!("variable \"v\" {{\n  default = {default}\n}}\n");
        check(&format!("a = {attribute}"), &rest, &json!({"a": expected}));
    }
}

#[test]
fn defaults_have_the_type_of_their_variable() {
    for (kind, default, expected) in [
        ("string", "3", json!("3")),
        ("bool", "\"true\"", json!(true)),
        ("list(string)", "[1, true]", json!(["1", "true"])),
        ("set(string)", "[\"b\", \"a\", \"b\"]", json!(["a", "b"])),
        ("list", "[\"a\", 1]", json!(["a", "1"])),
        ("\"list\"", "[\"a\", 1]", json!(["a", 1])),
        ("number", "\"x\"", json!("${var.v}")),
        (
            "object({ k = string, o = optional(string) })",
            "{ k = 1, l = 2 }",
            json!("{\"k\":\"1\",\"o\":null}"),
        ),
    ] {
        let found = config(&format!(
            "resource \"r\" \"n\" {{\n  a = var.v\n}}\nvariable \"v\" {{\n  type = {kind}\n  default = {default}\n}}\n"
        ));
        let expected = match expected.as_str().map(serde_json::from_str::<Value>) {
            Some(Ok(object @ Value::Object(_))) => object,
            _ => expected,
        };
        assert_eq!(found, json!({"a": expected}), "{kind}");
    }
}

#[test]
fn local_values_are_followed_and_never_in_circles() {
    let locals = "locals {\n  a = \"1-${local.b}\"\n  b = \"2-${var.c}\"\n  d = [\"${local.a}\"]\n  e = \"x${local.e}\"\n}\nvariable \"c\" {\n  default = \"3\"\n}\n";
    check("x = local.a", locals, &json!({"x": "1-2-3"}));
    check("x = local.d", locals, &json!({"x": ["${local.a}"]}));
    check("x = local.none", locals, &json!({"x": "${local.none}"}));
    check("x = \"${local.none}${var.c}\"", locals, &json!({"x": "${local.none}${var.c}"}));
    check("x = local.e", locals, &json!({"x": "xx${local.e}"}));
}

const CALLED: [(&str, &str); 2] = [
    (
        "main.tf",
        "module \"m\" {\n  source = \"./m\"\n  given = local.l\n}\nlocals {\n  l = \"local\"\n}\nresource \"r\" \"root\" {\n  a = module.m.other\n  b = module.m.out\n}\n",
    ),
    (
        "m/main.tf",
        "variable \"given\" {\n  default = \"default\"\n}\nvariable \"other\" {\n  default = \"other\"\n}\noutput \"out\" {\n  value = 1\n}\nresource \"r\" \"n\" {\n  a = var.given\n}\nresource \"r\" \"same\" {\n  a = var.other\n}\n",
    ),
];

#[test]
fn every_directory_is_a_root_and_within_its_callers() {
    let document = read(&CALLED);
    let json = document.json();
    let shown = |entry: &Value| {
        let word = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        format!(
            "{} {} {} {} {}",
            word("name"),
            word("module_name"),
            word("plan_root"),
            word("source"),
            entry["config"]
        )
    };
    let mut found: Vec<String> = json["r"].as_array().expect("a list").iter().map(shown).collect();
    found.sort();
    assert_eq!(
        found,
        [
            "n m ./ m/main.tf {\"a\":\"local\"}",
            "n root m m/main.tf {\"a\":\"default\"}",
            // The module of its own says the same, so it is not repeated.
            "root root ./ main.tf {\"a\":\"other\",\"b\":\"${module.m.out}\"}",
            "same m ./ m/main.tf {\"a\":\"other\"}",
        ]
    );
    let places: Vec<_> =
        document.occurrences("r.n").iter().map(|place| (place.address.as_str(), place.line)).collect();
    assert_eq!(places, [("module.m.r.n", 10), ("r.n", 10)]);
}

#[test]
fn a_resource_comes_with_its_lines_and_comments() {
    let text = "\n# first\nresource \"r\" \"n\" {\n  #ts:skip=AC_AWS_0001 known\n  #ts:maxseverity=Low\n  a = <<EOF\nx\nEOF\n  b {\n    c = [\n      1,\n    ]\n  }\n  d = {\n    e = 1\n  }\n}\n";
    let entry = read(&[("main.tf", text)]).json()["r"][0].clone();
    assert_eq!(entry["line"], json!(3));
    assert_eq!(entry["line_config"], json!({"a": 7, "b": [{"c": 10}], "d": {"e": 15}}));
    assert_eq!(entry["skip_rules"], json!([{"rule": "AC_AWS_0001", "comment": "known"}]));
    assert_eq!((&entry["max_severity"], &entry["min_severity"]), (&json!("Low"), &json!("")));
}

#[test]
fn one_broken_block_costs_that_block() {
    let document = read(&[(
        "main.tf",
        "resource \"r\" \"a\" {\n  a = 1\n}\nresource \"r\" \"b\" {\n  a = = 1\n}\nresource \"r\" \"c\" {\n}\n",
    )]);
    let names: Vec<&str> = document.all().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["a", "c"]);
    let [error] = document.errors.as_slice() else { panic!("{:?}", document.errors) };
    assert_eq!(error.location.as_ref().map(|place| (place.file.as_str(), place.line)), Some(("main.tf", 5)));
}

#[test]
fn hidden_directories_and_modules_that_call_themselves_end() {
    let call = "module \"m\" {\n  source = \"./\"\n}\nresource \"r\" \"n\" {\n}\n";
    assert_eq!(read(&[("main.tf", call), (".hidden/main.tf", call)]).len(), 1);
}

#[test]
fn texts_that_grow_without_end_are_cut_off() {
    let locals: String =
        (0..64).map(|n| format!("  l{n} = \"${{local.l{}}}${{local.l{}}}\"\n", n + 1, n + 1)).collect();
    let text = format!("resource \"r\" \"n\" {{\n  a = local.l0\n}}\nlocals {{\n{locals}  l64 = \"x\"\n}}\n");
    assert!(config(&text)["a"].as_str().is_some_and(|found| found.len() < 32 * 1024 * 1024));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_is_too_strange(text in ".{0,200}") {
        read(&[("main.tf", &text)]);
    }

    #[test]
    fn no_reference_is_too_strange(
        texts in proptest::collection::vec("(x|-|,|\\(|\\)| |\\$\\{|\\}|var\\.|local\\.|module\\.|lookup\\(|a|b|m\\.){0,12}", 6),
    ) {
        let quoted = |text: &String| Value::from(text.replace("${", "$${")).to_string();
        let main = format!(
            "module \"m\" {{\n  source = \"./m\"\n  a = {}\n  b = local.a\n}}\nlocals {{\n  a = {}\n  b = {}\n}}\nvariable \"a\" {{\n  default = {}\n}}\nresource \"r\" \"n\" {{\n  x = {}\n}}\n",
            quoted(&texts[0]), quoted(&texts[1]), quoted(&texts[2]), quoted(&texts[3]), quoted(&texts[4]),
        );
        let module = format!("variable \"a\" {{\n}}\nvariable \"b\" {{\n}}\nresource \"r\" \"n\" {{\n  x = {}\n}}\n", quoted(&texts[5]));
        prop_assert!(read(&[("main.tf", &main), ("m/main.tf", &module)]).errors.is_empty());
    }
}
