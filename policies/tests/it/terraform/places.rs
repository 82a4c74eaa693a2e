//! Where things are written.

use super::{model_with, resource, sound, tree};
use policies::resource::Resource;
use policies::terraform::Options;
use policies::{Extent, Input, Location};
use serde_json::json;

fn extent(file: &str, first: usize, last: usize) -> Extent {
    Extent { file: file.into(), first, last }
}

fn place(resource: &Resource) -> (Option<Location>, Option<usize>, Option<Extent>) {
    (resource.location.clone(), resource.line, resource.extent.clone())
}

#[test]
fn a_block_reaches_from_its_header_to_its_end() {
    let text = "# ü\n/* c */ resource \"t\" \"x\" {\n  # inside\n  a = <<EOT\n}\nEOT\n}\nresource \"t\" \"one\" {}\n";
    let model = sound(text);
    let location = |line, column| Some(Location { file: "main.tf".into(), line, column });
    assert_eq!(place(resource(&model, "t.x")), (location(2, 9), Some(2), Some(extent("main.tf", 2, 7))));
    assert_eq!(place(resource(&model, "t.one")), (location(8, 1), Some(8), Some(extent("main.tf", 8, 8))));
}

const TREE: [(&str, &str); 3] = [
    ("live/main.tf", "\nmodule \"a\" {\n  source = \"../mid\"\n}\n"),
    ("mid/main.tf", "module \"b\" {\n  source = \"../leaf\"\n\n}\n"),
    (
        "leaf/main.tf",
        "data \"d\" \"d\" {}\nresource \"t\" \"x\" {\n  count = 1\n  v     = \"s\"\n  provisioner \"local-exec\" {}\n}\n",
    ),
];

#[test]
fn callers_are_told_from_the_outside_in() {
    let model = model_with(&TREE, "live", &Options::default());
    let found = resource(&model, "module.a.module.b.t.x[0]");
    assert_eq!(found.extent, Some(extent("leaf/main.tf", 2, 6)));
    assert_eq!(found.callers, [extent("live/main.tf", 2, 4), extent("mid/main.tf", 1, 4)]);
    assert_eq!(model.modules[1].extent, Some(extent("mid/main.tf", 1, 4)));
}

#[test]
fn a_plan_finds_its_configuration() {
    let plan = json!({
        "format_version": "1.2",
        "planned_values": {"root_module": {"child_modules": [{"address": "module.a", "child_modules": [
            {"address": "module.a.module.b", "resources": [
                {"address": "module.a.module.b.t.x[0]", "mode": "managed", "type": "t", "name": "x", "index": 0, "values": {"v": "s"}},
                {"address": "module.a.module.b.t.gone", "mode": "managed", "type": "t", "name": "gone", "values": {}},
            ]},
        ]}]}},
        "prior_state": {"values": {"root_module": {"child_modules": [{"address": "module.a.module.b", "resources": [
            {"address": "module.a.module.b.data.d.d", "mode": "data", "type": "d", "name": "d",
             "values": {"k": "v", "s": "secret"}, "sensitive_values": {"s": true}},
        ]}]}}},
        "resource_changes": [
            {"address": "module.a.module.b.data.d.late", "module_address": "module.a.module.b", "mode": "data", "type": "d",
             "name": "late", "change": {"actions": ["read"], "after": {"k": "v"}, "after_unknown": {"id": true}}},
        ],
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": "5.0.0"},
                "aws.us": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "alias": "us"},
            },
            "root_module": {"module_calls": {"a": {"source": "../mid", "module": {"module_calls": {"b": {
                "source": "../leaf", "version_constraint": "1.0",
                "module": {"resources": [{"address": "t.x", "mode": "managed", "type": "t", "name": "x",
                    "provisioners": [{"type": "local-exec"}], "expressions": {"v": {"constant_value": "s"}}}]},
            }}}}}},
        },
    });
    let files = tree(&TREE);
    let model =
        Input::Plan { json: &plan, configuration: Some((&files, "live")) }.model().expect("there is a model");
    let found = resource(&model, "module.a.module.b.t.x[0]");
    assert_eq!(found.location, Some(Location { file: "leaf/main.tf".into(), line: 2, column: 1 }));
    assert_eq!(found.extent, Some(extent("leaf/main.tf", 2, 6)));
    assert_eq!(found.callers, [extent("live/main.tf", 2, 4), extent("mid/main.tf", 1, 4)]);
    assert_eq!(
        (found.module.as_str(), found.provisioners.as_slice()),
        ("module.a.module.b", &["local-exec".to_owned()][..])
    );
    assert_eq!(resource(&model, "module.a.module.b.t.gone").location, None);
    let read = resource(&model, "module.a.module.b.data.d.d");
    assert_eq!((json!([read.values, read.unknown]), read.line), (json!([{"k": "v"}, ["s"]]), Some(1)));
    let late = resource(&model, "module.a.module.b.data.d.late");
    assert_eq!(json!([late.values, late.unknown, late.actions]), json!([{"k": "v"}, ["id"], ["read"]]));
    let document = model.document().expect("is JSON");
    assert_eq!(document["source"], "plan");
    assert_eq!(
        document["modules"],
        json!([
            {"address": "module.a", "source": "../mid", "line": 2},
            {"address": "module.a.module.b", "source": "../leaf", "version": "1.0", "line": 1},
        ])
    );
    let providers = document["providers"].as_array().expect("a list");
    let told = providers
        .iter()
        .map(|provider| [&provider["name"], &provider["source"], &provider["version"], &provider["alias"]]);
    assert_eq!(
        json!(told.collect::<Vec<_>>()),
        json!([["aws", "hashicorp/aws", "5.0.0", null], ["aws", "hashicorp/aws", null, "us"]])
    );
}
