//! What `Ref` answers for parameters and pseudo parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::marker;
use crate::yaml::{Data, Node};

/// What a template's parameters were given.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) values: BTreeMap<String, String>,
    /// Parameters that are given something, but what cannot be told.
    pub(super) unknown: BTreeSet<String>,
}

/// The value of a parameter: what was given, else its default, else unknown. None if there is no such parameter.
pub(super) fn value(name: &str, declared: Option<&Node>, given: &Given) -> Option<Value> {
    if name == "AWS::NoValue" {
        return Some(marker::removed());
    }
    let Some(declared) = declared else {
        return name.starts_with("AWS::").then(|| pseudo(name, given));
    };
    if is_hidden(declared) || given.unknown.contains(name) {
        return Some(marker::unknown([]));
    }
    let text = given.values.get(name).cloned().or_else(|| declared.get("Default").and_then(scalar));
    Some(text.map_or_else(|| marker::unknown([]), |text| typed(declared, &text)))
}

/// A pseudo parameter. The partition stands in nearly every ARN of newer templates, and a policy that cannot be read for
/// it hides what it allows; rules ask for the rest of the ARN.
fn pseudo(name: &str, given: &Given) -> Value {
    match (given.values.get(name), name) {
        (Some(text), _) => text.clone().into(),
        (None, "AWS::Partition") => partition(given).into(),
        _ => marker::unknown([]),
    }
}

/// See <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.
fn partition(given: &Given) -> &'static str {
    match given.values.get("AWS::Region").map(String::as_str) {
        Some(region) if region.starts_with("cn-") => "aws-cn",
        Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
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

fn typed(declared: &Node, text: &str) -> Value {
    let kind = kind(declared);
    if kind == "CommaDelimitedList" || kind.starts_with("List<") {
        text.split(',').map(|item| one(kind, item.trim())).collect()
    } else {
        one(kind, text)
    }
}

fn one(kind: &str, text: &str) -> Value {
    let number = if kind.contains("Number") { text.parse::<serde_json::Number>().ok() } else { None };
    number.map_or_else(|| text.into(), Value::Number)
}
