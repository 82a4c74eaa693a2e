//! Files and blocks of all kinds.

use super::{addresses, model, resource, sound};
use serde_json::json;

#[test]
fn overrides_are_laid_over_what_they_name() {
    let main = "resource \"t\" \"x\" {\n  a = 1\n  b = 1\n  one {\n    k = 1\n  }\n  two {\n    k = 1\n  }\n}\nlocals {\n  l = 1\n}\nvariable \"v\" {\n  type = string\n  default = 1\n}\n";
    let over = "resource \"t\" \"x\" {\n  a = local.l\n  c = var.v\n  one {\n    k = 2\n  }\n  one {\n    k = 3\n  }\n}\nlocals {\n  l = 2\n}\nvariable \"v\" {\n  default = 3\n}\n";
    for name in ["override.tf", "a_override.tf"] {
        let model = model(&[(name, over), ("z.tf", main)]);
        assert_eq!(model.errors, []);
        assert_eq!(
            resource(&model, "t.x").values,
            json!({"a": 2, "b": 1, "c": "3", "one": [{"k": 2}, {"k": 3}], "two": [{"k": 1}]})
        );
    }
}

#[test]
fn files_are_chosen_by_name() {
    let named = |name: &str| format!("resource \"t\" \"{name}\" {{}}\n");
    let files = [
        ("a.tf", named("a")),
        ("a.tofu", named("tofu")),
        ("b.tf", named("b")),
        ("c.tf.json", "{\"resource\": {\"t\": {\"c\": {}}}}".to_owned()),
        ("d.tofu.json", "{\"resource\": [{\"t\": {\"d\": [{}]}}]}".to_owned()),
        (".hidden.tf", named("hidden")),
        ("e.tf~", named("backup")),
        ("#f.tf#", named("emacs")),
        ("g.txt", named("text")),
        ("sub/h.tf", named("sub")),
    ];
    let borrowed: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let model = model(&borrowed);
    assert_eq!(model.errors, []);
    assert_eq!(addresses(&model), ["t.tofu", "t.b", "t.c", "t.d"]);
}

#[test]
fn json_means_the_same() {
    let text = r#"{
  "//": "a comment",
  "variable": {"v": {"type": "map(string)", "default": {"k": "${not.a.reference}"}}},
  "locals": [{"l": "x-${var.n}"}, {"m": [1, true, null]}],
  "data": {"aws_partition": {"p": {}}},
  "module": {"m": {"source": "./child", "name": "${local.m[0]}"}},
  "output": {"o": {"value": "${t.x.id}"}},
  "provider": {"aws": [{"region": "r"}, {"alias": "us"}]},
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
  "resource": {
    "t": {
      "x": {
        "count": 2,
        "index": "${count.index}",
        "m": "${local.m}",
        "text": "a $${literal}",
        "dynamic": {"inner": {"for_each": [1, 2], "content": {"n": "${inner.value}"}}},
        "listed": [{"a": 1}],
        "provisioner": [{"local-exec": {"command": "x"}}],
        "lifecycle": {"prevent_destroy": true}
      }
    }
  }
}"#;
    let child = "variable \"name\" {}\nresource \"t\" \"y\" {\n  v = var.name\n}\n";
    let model = model(&[("main.tf.json", text), ("child/main.tf", child)]);
    assert_eq!(model.errors, []);
    let found = resource(&model, "t.x[1]");
    assert_eq!(
        found.values,
        json!({"index": 1, "m": [1, true, null], "text": "a ${literal}", "inner": [{"n": 1}, {"n": 2}], "listed": [{"a": 1}]})
    );
    assert_eq!((found.provisioners.as_slice(), found.line), (&["local-exec".to_owned()][..], Some(12)));
    assert_eq!(resource(&model, "module.m.t.y").values, json!({"v": 1}));
}

#[test]
fn blocks_of_every_version_are_understood() {
    let text = r#"
terraform {
  required_version = ">= 1.11"
  backend "s3" {}
  cloud {}
}
moved {
  from = t.old
  to   = t.x
}
import {
  to = t.x
  id = "i"
}
removed {
  from = t.gone
  lifecycle {
    destroy = false
  }
}
check "health" {
  data "http" "probe" {
    url = "https://example.com"
  }
  assert {
    condition     = data.http.probe.status_code == 200
    error_message = "no"
  }
}
ephemeral "random_password" "p" {
  length = 16
}
variable "e" {
  type      = string
  ephemeral = true
  default   = "d"
  validation {
    condition     = true
    error_message = "no"
  }
}
resource "t" "x" {
  secret_wo         = ephemeral.random_password.p.result
  secret_wo_version = 1
  from_function     = provider::aws::arn_parse("arn:aws:s3:::b").service
}
"#;
    let model = sound(text);
    assert_eq!(addresses(&model), ["t.x"]);
    let found = resource(&model, "t.x");
    assert_eq!(found.values["secret_wo_version"], json!(1));
    assert!(found.unknown.contains("secret_wo"), "{found:?}");
    assert_eq!(resource(&model, "data.http.probe").values, json!({"url": "https://example.com"}));
}

#[test]
fn data_sources_are_in_the_input() {
    let text = "data \"external\" \"e\" {\n  program = [\"sh\"]\n  query   = { a = local.a }\n}\nlocals {\n  a = \"b\"\n}\n";
    let document = sound(text).document().expect("is JSON");
    assert_eq!(document["source"], "configuration");
    assert_eq!(document["data"]["external"][0]["values"], json!({"program": ["sh"], "query": {"a": "b"}}));
    assert_eq!(document["data"]["external"][0]["address"], "data.external.e");
}

#[test]
fn attributes_are_told_with_the_types_that_have_them() {
    let text = "resource \"t\" \"a\" {\n  k = \"v\"\n  b {\n    inner = 1\n    deep { below = 2 }\n  }\n}\n\
                resource \"u\" \"a\" {\n  k = \"v\"\n  tags = { c = 1 }\n}\ndata \"d\" \"d\" {\n  n = 1\n}\n";
    let document = sound(text).document().expect("is JSON");
    let expected = json!({"k": ["t", "u"], "b": ["t"], "inner": ["t"], "deep": ["t"], "tags": ["u"]});
    assert_eq!(document["attributes"], expected);
}

#[test]
fn objects_in_json_are_blocks_where_the_provider_has_blocks() {
    let text = r#"{"resource": {"aws_s3_bucket": {"b": {
        "tags": {"a": 1},
        "versioning": {"enabled": "true"},
        "lifecycle_rule": [{"enabled": true, "expiration": {"days": "3"}}],
        "dynamic": {"logging": {"for_each": ["x"], "content": {"target_bucket": "${logging.value}"}}}
    }}}}"#;
    let model = model(&[("main.tf.json", text)]);
    assert_eq!(
        resource(&model, "aws_s3_bucket.b").values,
        json!({"tags": {"a": "1"}, "versioning": [{"enabled": true}],
            "lifecycle_rule": [{"enabled": true, "expiration": [{"days": 3}]}], "logging": [{"target_bucket": "x"}]})
    );
}
