//! CloudFormation templates: what rules see of them.

mod mapping;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use policies::{Bundle, Input, Scan};
use serde_json::Value;

/// A rule that says of every resource all that it sees.
const SHOW: &str = r#"# METADATA
# title: T
# description: D
# custom:
#   id: SHOW
#   remedy: R
#   severity: low
#   category: C
#   engines: [cloudformation]
package show

deny contains {"address": r.address, "message": json.marshal(r)} if {
	some kind, list in input.resources
	some r in list
}
"#;

static SHOWING: LazyLock<Bundle> =
    LazyLock::new(|| Bundle::from_files([("show.rego".to_owned(), SHOW.to_owned())]).expect("compiles"));

/// What the scan says with a rule that shows each resource.
pub(crate) fn scan(text: &str, parameters: &[(&str, &str)]) -> Scan {
    let parameters: BTreeMap<_, _> =
        parameters.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    SHOWING.scan(&Input::Template { path: "t.yaml", text, parameters: &parameters })
}

/// The resources of a template as rules see them.
pub(crate) fn resources(text: &str, parameters: &[(&str, &str)]) -> Vec<Value> {
    let scan = scan(text, parameters);
    assert_eq!(scan.errors, [], "{text}");
    let shown = scan.findings.iter().map(|finding| serde_json::from_str(&finding.message).expect("JSON"));
    let mut shown: Vec<Value> = shown.collect();
    shown.sort_by_key(|resource| (text_of(resource, "address"), text_of(resource, "type")));
    shown
}

pub(crate) fn text_of(resource: &Value, key: &str) -> String {
    resource.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
