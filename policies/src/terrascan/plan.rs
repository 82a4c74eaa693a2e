//! Plans as Terrascan sees them: the planned values of all managed resources. It refuses every plan of Terraform 1.1 and
//! later for its format version; here all are read.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::directive::Directives;
use super::document::{Document, Occurrence};
use crate::resource::{Model, Resource};

/// What is nested deeper than this is not looked at.
const MAX_DEPTH: usize = 256;

/// The model's resources by address.
type Places<'a> = HashMap<&'a str, &'a Resource>;

/// The document of what `terraform show -json` prints; places are those of the model that was made of the same plan.
pub(crate) fn plan(json: &Value, model: &Model) -> Document {
    let mut document = Document::default();
    let places = model.resources.iter().map(|resource| (resource.address.as_str(), resource)).collect();
    if let Some(root) = json.pointer("/planned_values/root_module") {
        collect(root, &places, MAX_DEPTH, &mut document);
    }
    document
}

/// Everything that looks like a managed resource, wherever it is.
fn collect(value: &Value, places: &Places<'_>, depth: usize, document: &mut Document) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, places, depth, document)),
        Value::Object(fields) => {
            if let Some(occurrence) = occurrence(fields, places) {
                document.push(occurrence, fields.get("values").cloned().unwrap_or_default(), Map::new());
            }
            fields.values().for_each(|item| collect(item, places, depth, document));
        }
        _ => {}
    }
}

fn occurrence(fields: &Map<String, Value>, places: &Places<'_>) -> Option<Occurrence> {
    let word = |key: &str| fields.get(key).and_then(Value::as_str);
    let (kind, address) = (word("type")?, word("address")?);
    let resource = places.get(address);
    (word("mode") == Some("managed")).then(|| Occurrence {
        id: address.to_owned(),
        kind: kind.to_owned(),
        address: address.to_owned(),
        name: word("name").unwrap_or_default().to_owned(),
        source: String::new(),
        line: 0,
        module_name: String::new(),
        plan_root: String::new(),
        directives: Directives::default(),
        location: resource.and_then(|resource| resource.location.clone()),
        extent: resource.and_then(|resource| resource.extent.clone()),
        callers: resource.map(|resource| resource.callers.clone()).unwrap_or_default(),
    })
}
