//! `count`, `for_each` and `dynamic` blocks.

use super::{addresses, check, model, resource, sound};
use serde_json::json;

#[test]
fn every_instance_is_a_resource() {
    for (repeat, expected) in [
        ("count = 2", &["t.x[0]", "t.x[1]"][..]),
        ("count = 0", &[]),
        ("count = var.off ? 1 : 0", &[]),
        ("count = var.unknown", &["t.x"]),
        ("count = -1", &["t.x"]),
        ("for_each = toset([\"b\", \"a\", \"b\"])", &["t.x[\"a\"]", "t.x[\"b\"]"]),
        ("for_each = { \"q\\\"\" = 1 }", &["t.x[\"q\\\"\"]"]),
        ("for_each = {}", &[]),
        ("for_each = var.unknown", &["t.x"]),
        ("for_each = toset([var.unknown])", &["t.x"]),
        ("for_each = toset([for n in [1, 2] : \"s${n}\"])", &["t.x[\"s1\"]", "t.x[\"s2\"]"]),
        ("for_each = t.x", &["t.x"]),
    ] {
        let variables = "variable \"off\" {\n  default = false\n}\nvariable \"unknown\" {}\n";
        let model = sound(&format!("{variables}resource \"t\" \"x\" {{\n  {repeat}\n}}\n"));
        assert_eq!(addresses(&model), expected, "{repeat}");
    }
}

#[test]
fn too_many_instances_are_one_and_an_error() {
    let model = model(&[("main.tf", "resource \"t\" \"x\" {\n  count = 5000\n}\n")]);
    assert_eq!(addresses(&model), ["t.x"]);
    let [error] = model.errors.as_slice() else { panic!("{:?}", model.errors) };
    assert!(error.message.contains("more than 1000 repetitions"), "{error}");
}

#[test]
fn instances_know_their_keys() {
    let model = sound(
        "resource \"t\" \"x\" {\n  for_each = { a = { n = 1 }, b = { n = 2 } }\n  k = each.key\n  v = each.value.n\n}\nresource \"t\" \"y\" {\n  count = 2\n  i = count.index\n}\n",
    );
    assert_eq!(resource(&model, "t.x[\"b\"]").values, json!({"k": "b", "v": 2}));
    assert_eq!(resource(&model, "t.y[1]").values, json!({"i": 1}));
}

#[test]
fn dynamic_blocks_are_blocks() {
    for (dynamic, expected) in [
        (
            "for_each = [80, 443]\n content {\n port = inner.value\n at = inner.key\n }",
            json!([{"inner": [{"port": 80, "at": 0}, {"port": 443, "at": 1}]}, [], {}]),
        ),
        (
            "for_each = { a = 1 }\n iterator = it\n content {\n port = it.value\n at = it.key\n }",
            json!([{"inner": [{"port": 1, "at": "a"}]}, [], {}]),
        ),
        ("for_each = []\n content {\n port = 1\n }", json!([{}, [], {}])),
        (
            "for_each = toset([\"s\"])\n content {\n port = inner.key\n }",
            json!([{"inner": [{"port": "s"}]}, [], {}]),
        ),
        (
            "for_each = var.unknown\n content {\n port = inner.value\n fixed = 1\n }",
            json!([{"inner": [{"fixed": 1}]}, ["inner", "inner.0.port"], {}]),
        ),
        (
            "for_each = b.b.list\n content {\n port = inner.value\n }",
            json!([{"inner": [{}]}, ["inner", "inner.0.port"], {"inner": ["b.b"], "inner.0.port": ["b.b"]}]),
        ),
        (
            "for_each = [[1, 2]]\n content {\n dynamic \"deep\" {\n for_each = inner.value\n content {\n n = deep.value\n of = inner.key\n }\n }\n }",
            json!([{"inner": [{"deep": [{"n": 1, "of": 0}, {"n": 2, "of": 0}]}]}, [], {}]),
        ),
    ] {
        check(
            &format!(
                "resource \"b\" \"b\" {{}}\nvariable \"unknown\" {{}}\nresource \"t\" \"x\" {{\ndynamic \"inner\" {{\n{dynamic}\n}}\n}}\n"
            ),
            &expected,
        );
    }
}

#[test]
fn nested_blocks_are_lists_and_meta_arguments_are_no_values() {
    let text = r#"
resource "t" "x" {
  provider   = aws.other
  depends_on = [b.b]
  one {
    a = 1
  }
  one {
    a = 2
  }
  timeouts {
    create = "1h"
  }
  lifecycle {
    prevent_destroy = true
  }
  connection {
    host = "h"
  }
  provisioner "local-exec" {
    command = "true"
  }
  provisioner "remote-exec" {
    inline = []
  }
}
"#;
    check(text, &json!([{"one": [{"a": 1}, {"a": 2}], "timeouts": {"create": "1h"}}, [], {}]));
    let model = sound(text);
    let found = resource(&model, "t.x");
    assert_eq!(found.provisioners, ["local-exec", "remote-exec"]);
    assert_eq!(json!(found.written), json!(["one", "timeouts"]));
}

#[test]
fn what_is_written_is_told_whatever_it_is_worth() {
    let text = "variable \"unknown\" {}\nresource \"t\" \"x\" {\n  a = var.unknown\n  b = null\n  dynamic \"c\" {\n    for_each = []\n    content {}\n  }\n}\n";
    assert_eq!(json!(resource(&sound(text), "t.x").written), json!(["a", "b", "c"]));
}
