//! The data sources of a plan: those that were read, and those that the apply will read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{actions, list, mask, text};
use crate::document;
use crate::resource::{Engine, Resource};
use crate::scan::ScanError;

/// All data sources, each once: what a change says of one counts more than what the state says.
pub(super) fn read(json: &Value) -> Result<Vec<Resource>, ScanError> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for change in list(json, "resource_changes").iter().filter(|change| is_data(change)) {
        if seen.insert(text(change, "address")?) {
            found.push(from_change(change)?);
        }
    }
    for start in ["/planned_values/root_module", "/prior_state/values/root_module"] {
        let mut modules: Vec<&Value> = json.pointer(start).into_iter().collect();
        while let Some(module) = modules.pop() {
            for resource in list(module, "resources").iter().filter(|resource| is_data(resource)) {
                if seen.insert(text(resource, "address")?) {
                    found.push(from_state(resource, module)?);
                }
            }
            modules.extend(list(module, "child_modules").iter().rev());
        }
    }
    Ok(found)
}

fn is_data(value: &Value) -> bool {
    value.get("mode").and_then(Value::as_str) == Some("data")
}

fn from_change(written: &Value) -> Result<Resource, ScanError> {
    let change = written.get("change").unwrap_or(&Value::Null);
    let part = |key: &str| change.get(key).unwrap_or(&Value::Null);
    let module = written.get("module_address").and_then(Value::as_str).unwrap_or_default();
    let hidden = [part("after_sensitive"), part("after_unknown")];
    data(written, module, part("after").clone(), &hidden, actions(Some(change)))
}

fn from_state(written: &Value, module: &Value) -> Result<Resource, ScanError> {
    let module = module.get("address").and_then(Value::as_str).unwrap_or_default();
    let values = written.get("values").cloned().unwrap_or_default();
    let hidden = [written.get("sensitive_values").unwrap_or(&Value::Null)];
    data(written, module, values, &hidden, Vec::new())
}

fn data(
    written: &Value,
    module: &str,
    mut values: Value,
    hidden: &[&Value],
    actions: Vec<String>,
) -> Result<Resource, ScanError> {
    let mut unknown = BTreeSet::new();
    hidden.iter().for_each(|hidden| mask::remove(&mut values, hidden, &mut unknown));
    mask::drop_nulls(&mut values);
    let kind = text(written, "type")?;
    Ok(Resource {
        address: text(written, "address")?.to_owned(),
        kind: kind.to_owned(),
        written_type: kind.to_owned(),
        name: text(written, "name")?.to_owned(),
        module: module.to_owned(),
        engine: Engine::Terraform,
        documents: document::find(&values),
        values,
        unknown,
        links: std::collections::BTreeMap::new(),
        written: None,
        actions,
        location: None,
        line: None,
        provisioners: Vec::new(),
        extent: None,
        callers: Vec::new(),
        metadata: Value::Null,
    })
}
