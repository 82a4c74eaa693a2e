//! CloudFormation templates: what rules see of them.

mod intrinsics;
mod mapping;
mod places;
mod robustness;
mod sam;

use std::collections::BTreeMap;

use policies::Input;
use policies::resource::Model;
use serde_json::Value;

/// The model of a template.
pub(crate) fn model(text: &str, parameters: &[(&str, &str)]) -> Model {
    let parameters: BTreeMap<_, _> =
        parameters.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    let input = Input::Template { path: "t.yaml", text, parameters: &parameters, files: None };
    input.model().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The resources of a template as rules see them, by address and type.
pub(crate) fn resources(text: &str, parameters: &[(&str, &str)]) -> Vec<Value> {
    let model = model(text, parameters);
    assert_eq!(model.errors, [], "{text}");
    let mut shown: Vec<Value> =
        model.resources.iter().map(|resource| serde_json::to_value(resource).expect("JSON")).collect();
    shown.sort_by_key(|resource| (text_of(resource, "address"), text_of(resource, "type")));
    shown
}

pub(crate) fn text_of(resource: &Value, key: &str) -> String {
    resource.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
