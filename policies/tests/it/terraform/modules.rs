//! Modules: inputs, outputs, instances, and those that are not at hand.

use super::{addresses, links, model, model_with, resource, seen, tree};
use policies::terraform::{Options, roots};
use serde_json::json;

const CHILD: &str = r#"
variable "name" {}
variable "tags" {
  type    = map(string)
  default = { by = "child" }
}
resource "b" "b" {
  name = var.name
  tags = var.tags
}
output "name" {
  value = b.b.name
}
output "id" {
  value = b.b.id
}
"#;

#[test]
fn values_go_in_and_out() {
    let main = r#"
resource "a" "a" {}
module "m" {
  source = "./child"
  name   = "n"
}
module "l" {
  source = "./child"
  name   = a.a.id
  tags   = { by = module.m.name }
}
resource "t" "x" {
  name = module.m.name
  id   = module.l.id
  none = module.m.none
}
"#;
    let model = model(&[("main.tf", main), ("child/main.tf", CHILD)]);
    assert_eq!(model.errors, []);
    assert_eq!(addresses(&model), ["a.a", "t.x", "module.m.b.b", "module.l.b.b"]);
    let seen = |address| seen(resource(&model, address));
    assert_eq!(seen("module.m.b.b"), json!([{"name": "n", "tags": {"by": "child"}}, [], {}]));
    assert_eq!(
        seen("module.l.b.b"),
        json!([{"tags": {"by": "n"}}, ["name"], {"name": ["a.a"], "tags": ["module.m.b.b"]}])
    );
    assert_eq!(
        seen("t.x"),
        json!([{"name": "n"}, ["id", "none"], {"id": ["module.l.b.b"], "name": ["module.m.b.b"]}])
    );
    assert_eq!(resource(&model, "module.l.b.b").module, "module.l");
}

#[test]
fn modules_are_repeated() {
    let main = r#"
variable "unknown" {}
module "each" {
  source   = "./child"
  for_each = { k = "one", l = "two" }
  name     = each.value
}
module "count" {
  source = "./child"
  count  = 2
  name   = "c${count.index}"
}
module "open" {
  source = "./child"
  count  = var.unknown
  name   = "o"
}
resource "t" "x" {
  a = module.each["l"].name
  b = module.count[1].name
  c = module.count[*].name
  d = { for key, child in module.each : key => child.name }
  e = module.open[0].name
  f = module.count[0].id
}
"#;
    let model = model(&[("main.tf", main), ("child/main.tf", CHILD)]);
    assert_eq!(
        addresses(&model),
        [
            "t.x",
            "module.each[\"k\"].b.b",
            "module.each[\"l\"].b.b",
            "module.count[0].b.b",
            "module.count[1].b.b",
            "module.open.b.b",
        ]
    );
    let found = resource(&model, "t.x");
    assert_eq!(
        found.values,
        json!({"a": "two", "b": "c1", "c": ["c0", "c1"], "d": {"k": "one", "l": "two"}, "e": "o"})
    );
    assert_eq!(found.links["f"], super::set(&["module.count[0].b.b"]));
    assert_eq!(model.modules.len(), 3, "{:?}", model.modules);
}

#[test]
fn modules_of_other_places_are_named_and_unknown() {
    let main = r#"
module "far" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
  cidr    = "10.0.0.0/16"
}
module "git" {
  source = "git::https://example.com/m.git?ref=v1"
}
resource "t" "x" {
  v = module.far.vpc_id
}
"#;
    let model = model(&[("main.tf", main)]);
    assert_eq!(model.errors, []);
    assert_eq!(seen(resource(&model, "t.x")), json!([{}, ["v"], {}]));
    assert_eq!(
        serde_json::to_value(&model.modules).expect("is JSON"),
        json!([
            {"address": "module.far", "source": "terraform-aws-modules/vpc/aws", "version": "~> 5.0", "line": 2},
            {"address": "module.git", "source": "git::https://example.com/m.git?ref=v1", "line": 7},
        ])
    );
}

#[test]
fn downloaded_modules_are_used_from_where_they_are() {
    let manifest = r#"{"Modules": [
        {"Key": "", "Source": "", "Dir": "."},
        {"Key": "far", "Source": "registry.terraform.io/x/y/z", "Version": "1.0.0", "Dir": ".terraform/modules/far"},
        {"Key": "far.inner", "Source": "git::x", "Dir": ".terraform/modules/far.inner/sub"}
    ]}"#;
    let far = "module \"inner\" {\n  source = \"git::x\"\n  name = \"deep\"\n}\nmodule \"beside\" {\n  source = \"./beside\"\n  name = \"b\"\n}\noutput \"name\" {\n  value = module.inner.name\n}\n";
    let main =
        "module \"far\" {\n  source = \"x/y/z\"\n}\nresource \"t\" \"x\" {\n  v = module.far.name\n}\n";
    let model = model_with(
        &[
            ("root/main.tf", main),
            ("root/.terraform/modules/modules.json", manifest),
            ("root/.terraform/modules/far/main.tf", far),
            ("root/.terraform/modules/far/beside/main.tf", CHILD),
            ("root/.terraform/modules/far.inner/sub/main.tf", CHILD),
        ],
        "root",
        &Options::default(),
    );
    assert_eq!(model.errors, []);
    assert_eq!(addresses(&model), ["t.x", "module.far.module.inner.b.b", "module.far.module.beside.b.b"]);
    assert_eq!(resource(&model, "t.x").values, json!({"v": "deep"}));
}

#[test]
fn paths_are_those_of_terraform() {
    let child =
        "output \"path\" {\n  value = \"${path.module} ${path.root} ${file(\"${path.module}/f.txt\")}\"\n}\n";
    let main = "module \"m\" {\n  source = \"./child\"\n}\nresource \"t\" \"x\" {\n  v = module.m.path\n  w = \"${path.module}/f\"\n  f = file(\"${path.module}/g.txt\")\n}\n";
    let model = model_with(
        &[("a/main.tf", main), ("a/child/main.tf", child), ("a/child/f.txt", "F"), ("a/g.txt", "G")],
        "a",
        &Options::default(),
    );
    assert_eq!(resource(&model, "t.x").values, json!({"v": "child . F", "w": "./f", "f": "G"}));
}

#[test]
fn a_module_that_calls_itself_ends() {
    let selfish = "module \"a\" {\n  source = \"../child\"\n}\nmodule \"b\" {\n  source = \"../other\"\n}\nresource \"t\" \"x\" {\n  v = module.a.v\n}\noutput \"v\" {\n  value = module.b.v\n}\n";
    let main = "module \"m\" {\n  source = \"./child\"\n}\n";
    let model = model(&[("main.tf", main), ("child/main.tf", selfish), ("other/main.tf", selfish)]);
    assert_eq!(model.errors, []);
    assert_eq!(addresses(&model), ["module.m.t.x", "module.m.module.b.t.x"]);
}

#[test]
fn many_instances_of_instances_are_not_all_made() {
    for (count, body) in
        [("count = 900", "resource \"t\" \"x\" {\n  count = 900\n}\n"), ("", "resource \"t\" \"x\" {}\n")]
    {
        let level = |depth: usize| {
            let call = |name: &str| {
                format!("module \"{name}\" {{\n  source = \"../d{}\"\n  {count}\n}}\n", depth + 1)
            };
            (format!("d{depth}/main.tf"), format!("{}{}{body}", call("a"), call("b")))
        };
        let files: Vec<_> = (0..20).map(level).collect();
        let borrowed: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let made = model_with(&borrowed, "d0", &Options::default());
        assert!(made.resources.len() <= 70_000, "{}", made.resources.len());
        assert!(!made.errors.is_empty());
        for error in &made.errors {
            let is_told = ["module instances", "repetitions"].iter().any(|what| error.message.contains(what));
            assert!(is_told, "{error}");
        }
    }
}

#[test]
fn providers_are_those_that_are_required_configured_or_implied() {
    let main = r#"
terraform {
  required_providers {
    aws = {
      source  = "registry.terraform.io/hashicorp/aws"
      version = "~> 5.0"
    }
    odd = {
      source = "example.com/odd/odd"
    }
  }
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "null_resource" "n" {}
"#;
    assert_eq!(
        serde_json::to_value(model(&[("main.tf", main)]).providers).expect("is JSON"),
        json!([
            {"address": "provider.aws", "name": "aws", "source": "hashicorp/aws", "version": "~> 5.0",
             "values": {"region": "eu-west-1"}},
            {"address": "provider.aws.us", "name": "aws", "source": "hashicorp/aws", "version": "~> 5.0", "alias": "us",
             "values": {"alias": "us", "region": "us-east-1"}},
            {"address": "provider.null", "name": "null", "source": "hashicorp/null"},
            {"address": "provider.odd", "name": "odd", "source": "example.com/odd/odd"},
        ])
    );
}

#[test]
fn roots_are_the_directories_that_no_other_calls() {
    let call = |to: &str| format!("module \"m\" {{\n  source = \"{to}\"\n}}\n");
    let files = [
        ("live/main.tf", call("../modules/a")),
        ("modules/a/main.tf", call("../b")),
        ("modules/b/main.tf", String::new()),
        ("modules/unused/main.tf", String::new()),
        ("circle/one/main.tf", call("../two")),
        ("circle/two/main.tf", call("../one")),
        ("docs/readme.md", String::new()),
        ("broken/main.tf", "module {".to_owned()),
    ];
    let borrowed: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let directories =
        ["live", "modules/a", "./modules/b/", "modules/unused", "circle/one", "circle/two", "docs", "broken"];
    let found = roots(&tree(&borrowed), &directories.map(str::to_owned));
    assert_eq!(found, ["live", "modules/unused", "circle/one", "broken"]);
}

#[test]
fn links_lead_to_the_instances_of_modules() {
    let main = "module \"m\" {\n  source = \"./child\"\n  for_each = toset([\"k\"])\n  name = each.key\n}\nresource \"t\" \"x\" {\n  v = module.m[\"k\"].id\n}\n";
    let model = model(&[("main.tf", main), ("child/main.tf", CHILD)]);
    assert_eq!(resource(&model, "t.x").links, links(&[("v", &["module.m[\"k\"].b.b"])]));
}
