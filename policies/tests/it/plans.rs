//! What is read from a plan, and which plans are refused.

use crate::pack::FEW;
use policies::{Input, Scan};
use serde_json::{Value, json};

fn scan(plan: &Value) -> Scan {
    FEW.scan(&Input::Plan { json: plan, configuration: None })
}

#[test]
fn what_is_no_plan_is_an_error_that_says_what_to_give() {
    let planned = json!({"root_module": {}});
    for (plan, expected) in [
        (json!([]), "not a JSON object"),
        (json!("plan"), "not a JSON object"),
        (json!({}), "no `format_version`"),
        (json!({"format_version": 1, "planned_values": planned}), "no `format_version`"),
        (json!({"format_version": "2.0", "planned_values": planned}), "format version 2.0"),
        (json!({"format_version": "", "planned_values": planned}), "format version "),
        (json!({"format_version": "1.0", "values": {"root_module": {}}}), "no `planned_values`"),
        (json!({"format_version": "1.2", "errored": true, "planned_values": planned}), "incomplete"),
        (
            json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [{}]}}}),
            "no string `address`",
        ),
    ] {
        let scan = scan(&plan);
        let [error] = scan.errors.as_slice() else { panic!("{plan}: {scan:?}") };
        assert!(error.message.contains(expected) && !error.remedy.is_empty(), "{plan}: {error:?}");
        assert_eq!((scan.findings.len(), &error.rule), (0, &None));
    }
}

#[test]
fn every_format_version_up_to_1_is_read() {
    for version in ["0.1", "0.2", "1.0", "1.1", "1.2", "1.9"] {
        let plan = json!({"format_version": version, "planned_values": {"root_module": {"child_modules": [
            {"address": "module.a", "child_modules": [{"address": "module.a.module.b[\"x.y\"]", "resources": [
                {"address": "module.a.module.b[\"x.y\"].aws_db_instance.d", "mode": "managed", "type": "aws_db_instance",
                 "name": "d", "values": {"publicly_accessible": true, "storage_encrypted": true}},
            ]}]},
        ]}}});
        let scan = scan(&plan);
        let addresses: Vec<_> = scan.findings.iter().map(|finding| finding.address.as_str()).collect();
        assert_eq!(addresses, ["module.a.module.b[\"x.y\"].aws_db_instance.d"], "{version}: {scan:?}");
    }
}

#[test]
fn data_sources_are_not_judged() {
    let plan = json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "data.aws_db_instance.d", "mode": "data", "type": "aws_db_instance", "name": "d", "values": {"publicly_accessible": true}},
    ]}}});
    assert!(scan(&plan).is_clean());
}

/// A policy that opens everything is hidden from the rules when the plan says that it is a secret.
#[test]
fn sensitive_values_reach_no_rule_and_no_report() {
    let document = json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}).to_string();
    let plan = |hidden: Value, after: Value| {
        json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
            {"address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p",
             "values": {"policy": document}, "sensitive_values": hidden},
        ]}}, "resource_changes": [
            {"address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p",
             "change": {"actions": ["create"], "after_sensitive": after}},
        ]})
    };
    assert_eq!(scan(&plan(json!({}), json!({}))).findings.len(), 1);
    assert!(scan(&plan(json!({"policy": true}), json!({}))).is_clean());
    assert!(scan(&plan(json!({}), json!({"policy": true}))).is_clean());
}

#[test]
fn a_deposed_object_is_not_the_resource() {
    let plan = json!({"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [
        {"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "deposed": "00000001", "change": {"actions": ["delete"]}},
    ]});
    assert!(scan(&plan).is_clean());
}

#[test]
fn findings_are_ordered_from_the_worst() {
    let resource = |name: &str, values: Value| json!({"address": format!("aws_db_instance.{name}"), "mode": "managed", "type": "aws_db_instance", "name": name, "values": values});
    let table = json!({"address": "aws_dynamodb_table.a", "mode": "managed", "type": "aws_dynamodb_table", "name": "a", "values": {}});
    let open = json!({"publicly_accessible": true, "storage_encrypted": true});
    let plan = json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        table, resource("b", open.clone()), resource("a", open),
    ]}}});
    let scan = scan(&plan);
    let order: Vec<_> = scan.findings.iter().map(|finding| finding.address.as_str()).collect();
    assert_eq!(order, ["aws_db_instance.a", "aws_db_instance.b", "aws_dynamodb_table.a"]);
    assert_eq!(scan.at_or_over(policies::Severity::High).count(), 2);
    assert_eq!(
        serde_json::to_value(scan.counts()).expect("is JSON"),
        json!({"low": 0, "medium": 1, "high": 2})
    );
    let read: Scan =
        serde_json::from_value(serde_json::to_value(&scan).expect("is JSON")).expect("reads back");
    assert_eq!(read, scan);
}

/// What a configuration would do outside of the plan's resources: each is in another part of a plan's JSON.
#[test]
fn code_from_outside_and_programs_are_found_in_a_plan() {
    let configured = |resource: Value| json!({"configuration": {"root_module": {"resources": [resource]}}});
    let read = |kind: &str, values: Value| {
        let name = kind.split('_').next().unwrap_or_default();
        let resource = json!({"address": format!("data.{kind}.a"), "mode": "data", "type": kind, "name": "a",
            "provider_name": format!("registry.terraform.io/hashicorp/{name}"), "values": values});
        json!({"prior_state": {"values": {"root_module": {"resources": [resource]}}},
            "configuration": {"root_module": {"resources": [{"address": format!("data.{kind}.a"), "mode": "data", "type": kind,
                "name": "a", "provider_config_key": name}]}}})
    };
    let provisioned = |kind: &str| {
        let mut plan = configured(
            json!({"address": "terraform_data.a", "mode": "managed", "type": "terraform_data", "name": "a",
            "provisioners": [{"type": kind}]}),
        );
        plan["planned_values"] = json!({"root_module": {"resources": [{"address": "terraform_data.a", "mode": "managed",
            "type": "terraform_data", "name": "a", "values": {}}]}});
        plan
    };
    let called = |source: &str| json!({"configuration": {"root_module": {"module_calls": {"a": {"source": source, "module": {}}}}}});
    let provided = |source: &str| json!({"configuration": {"provider_config": {"a": {"name": "a", "full_name": source}}, "root_module": {}}});
    for (mut plan, rule) in [
        (read("external", json!({"program": ["sh", "-c", "id"]})), "WL-TF-001"),
        (provisioned("local-exec"), "WL-TF-002"),
        (provisioned("remote-exec"), "WL-TF-003"),
        (read("http", json!({"url": "https://a.example"})), "WL-TF-004"),
        (called("git::https://a.example/m.git"), "WL-TF-005"),
        (provided("a.example/b/a"), "WL-TF-007"),
    ] {
        plan["format_version"] = json!("1.2");
        if plan.get("planned_values").is_none() {
            plan["planned_values"] = json!({"root_module": {}});
        }
        let scan = crate::BUILTIN.scan(&Input::Plan { json: &plan, configuration: None });
        assert_eq!(scan.errors, [], "{rule}");
        let found: Vec<&str> = scan.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert!(found.contains(&rule), "{rule}: {found:?} in {plan:#}");
    }
}
