//! Findings of rules in Terrascan's layout.

use jiff::civil::date;
use policies::source::{Files, Tree};
use policies::terrascan::{Document, Options, document};
use policies::{Bundle, Input, Pack, Scan, Settings, terraform};
use serde_json::json;

const RULE: &str = "package accurics\n\n{{.prefix}}{{.name}}[found.id] {\n\tfound := input.r[_]\n\tfound.config.open == true\n}\n";

fn bundle() -> Bundle {
    let metadata = json!({
        "name": "open", "file": "open.rego", "policy_type": "aws", "resource_type": "r",
        "template_args": {"name": "open", "prefix": ""}, "severity": "MEDIUM", "description": "It is closed",
        "reference_id": "OLD.A.1", "category": "Network", "version": 1, "id": "AC_AWS_0001",
    });
    let files = [("open.rego".to_owned(), RULE.to_owned()), ("a.json".to_owned(), metadata.to_string())];
    Bundle::from_packs([Pack::new("old", files)], &Settings::default()).expect("compiles")
}

fn tree() -> Tree {
    let module = "resource \"r\" \"n\" {\n  open = true\n}\nresource \"r\" \"skipped\" {\n  #ts:skip=AC_AWS_0001 known\n  open = true\n}\nresource \"r\" \"bounded\" {\n  #ts:minseverity=High\n  open = true\n}\n";
    let main = "module \"a\" {\n  source = \"./m\"\n}\nmodule \"b\" {\n  source = \"./m\"\n  x = 1\n}\n";
    let module = format!(
        "{module}variable \"x\" {{\n  default = 2\n}}\nresource \"r\" \"each\" {{\n  open = true\n  x = var.x\n}}\n"
    );
    Tree::new([("main.tf".to_owned(), main.to_owned()), ("m/main.tf".to_owned(), module)])
}

fn whole() -> Document {
    document(&tree(), ".", &Options::default())
}

fn shown(scan: &Scan) -> Vec<String> {
    assert_eq!(scan.errors, []);
    let show = |finding: &policies::Finding| {
        let place = finding.location.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} {} {place} {:?}", finding.rule, finding.severity.as_str(), finding.instances)
    };
    scan.findings.iter().map(show).collect()
}

#[test]
fn a_finding_is_one_for_a_rule_and_a_place() {
    let scan = bundle().scan_terrascan(whole(), |file| tree().read(file).ok(), Some(date(2026, 1, 1)));
    assert_eq!(
        shown(&scan),
        [
            "AC_AWS_0001 high m/main.tf:8:1 [\"module.a.r.bounded\"]",
            "AC_AWS_0001 medium m/main.tf:1:1 [\"module.a.r.n\"]",
            "AC_AWS_0001 medium m/main.tf:15:1 [\"module.a.r.each\", \"module.b.r.each\"]",
        ]
    );
    let skipped: Vec<_> = scan
        .skipped
        .iter()
        .map(|skipped| (skipped.finding.address.as_str(), skipped.comment.as_str()))
        .collect();
    assert_eq!(skipped, [("module.a.r.skipped", "known")]);
}

#[test]
fn violations_are_repeated_as_terrascan_does() {
    let violations = bundle().terrascan_violations(whole());
    let mut shown: Vec<String> = violations
        .iter()
        .map(|found| {
            let place = &found.occurrence;
            let fate = if found.skipped.is_some() { " skipped" } else { "" };
            format!(
                "{} {} {} {}:{} {}{fate}",
                place.id,
                found.severity.as_str(),
                place.module_name,
                place.source,
                place.line,
                place.plan_root
            )
        })
        .collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "r.bounded high a m/main.tf:8 ./",
            "r.each medium a m/main.tf:15 ./",
            "r.each medium b m/main.tf:15 ./",
            "r.n medium a m/main.tf:1 ./",
            "r.skipped medium a m/main.tf:4 ./ skipped",
        ]
    );
}

#[test]
fn inputs_are_judged_by_both_kinds_of_rules() {
    let (tree, options) = (tree(), terraform::Options::default());
    let input = Input::Terraform { files: &tree, directory: ".", options: &options };
    assert_eq!(bundle().scan(&input).findings.len(), 4);
    let plan = json!({"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [{
        "address": "module.a", "resources": [
            {"address": "module.a.r.n[0]", "mode": "managed", "type": "r", "name": "n", "values": {"open": true}},
        ],
    }]}}});
    let scan = bundle().scan(&Input::Plan { json: &plan, configuration: None });
    assert_eq!(shown(&scan), ["AC_AWS_0001 medium  [\"module.a.r.n[0]\"]"]);
}
