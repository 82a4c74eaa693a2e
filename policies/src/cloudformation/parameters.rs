//! What `Ref` answers for parameters and pseudo parameters.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::marker;
use crate::yaml::{Data, Node};

/// The value of a parameter: what was given, else its default, else unknown. None if there is no such parameter.
pub(super) fn value(name: &str, declared: Option<&Node>, given: &BTreeMap<String, String>) -> Option<Value> {
    if name == "AWS::NoValue" {
        return Some(marker::removed());
    }
    let Some(declared) = declared else {
        let pseudo = name.starts_with("AWS::");
        return pseudo
            .then(|| given.get(name).map_or_else(|| marker::unknown([]), |text| text.clone().into()));
    };
    if is_hidden(declared) {
        return Some(marker::unknown([]));
    }
    let text = given.get(name).cloned().or_else(|| declared.get("Default").and_then(scalar));
    Some(text.map_or_else(|| marker::unknown([]), |text| typed(declared, text)))
}

/// A secret stays out of the rules' sight; a stored parameter's own value is not in the template.
fn is_hidden(declared: &Node) -> bool {
    let secret = matches!(declared.get("NoEcho").map(|node| &node.data), Some(Data::Bool(true)))
        || declared.get("NoEcho").and_then(Node::text) == Some("true");
    secret || kind(declared).starts_with("AWS::SSM::Parameter::Value")
}

fn kind(declared: &Node) -> &str {
    declared.get("Type").and_then(Node::text).unwrap_or("String")
}

fn scalar(node: &Node) -> Option<String> {
    match &node.data {
        Data::Text(text) => Some(text.clone()),
        Data::Bool(value) => Some(value.to_string()),
        Data::Number(value) => Some(value.to_string()),
        _ => None,
    }
}

fn typed(declared: &Node, text: String) -> Value {
    let kind = kind(declared);
    if kind == "CommaDelimitedList" || kind.starts_with("List<") {
        text.split(',').map(|item| Value::from(item.trim())).collect()
    } else {
        text.into()
    }
}
