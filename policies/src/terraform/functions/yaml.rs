//! `yamlencode` and `yamldecode`.
//! See <https://developer.hashicorp.com/terraform/language/functions/yamlencode>.

use super::arguments::text;
use super::json;
use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;
use crate::yaml::{self, Data, Node};

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "yamldecode" => function(1, 1, decode),
        "yamlencode" => function(1, 1, encode),
        _ => None,
    }
}

fn decode(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    if let Value::Unknown(unknown) = arguments.get(0)?
        && let Some(structure) = &unknown.json
    {
        return Ok((**structure).clone());
    }
    let text = text(arguments.get(0)?)?;
    arguments.evaluator.budget.bytes(text.len().saturating_mul(4))?;
    let node =
        yaml::parse(&text).map_err(|error| EvalError::Limit(format!("the text is not YAML: {error}")))?;
    if has_tags(&node) {
        return Err(EvalError::Limit("tags in YAML are not understood".into()));
    }
    Ok(Value::from_json(&node.to_json()))
}

fn has_tags(node: &Node) -> bool {
    node.tag.is_some()
        || match &node.data {
            Data::List(items) => items.iter().any(has_tags),
            Data::Map(entries) => entries.iter().any(|entry| has_tags(&entry.value)),
            _ => false,
        }
}

/// What is not wholly known keeps its structure: JSON is YAML.
fn encode(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let value = arguments.get(0)?;
    if value.has_unknown() {
        return Ok(if value.is_unknown() {
            Value::linked(value.links())
        } else {
            Value::json_text(value.clone())
        });
    }
    let mut text = String::new();
    block(value, 0, true, &mut text)?;
    Ok(Value::Text(text))
}

/// A value where a block may stand: scalars behind a blank, collections in lines of their own.
fn block(value: &Value, indent: usize, is_start: bool, text: &mut String) -> Result<(), EvalError> {
    let margin = "  ".repeat(indent);
    match (value.items(), value.entries()) {
        (Some([_, ..]), _) => {
            for (index, item) in value.items().unwrap_or_default().iter().enumerate() {
                text.push_str(if index == 0 && is_start { "" } else { &margin });
                text.push_str("- ");
                block(item, indent + 1, true, text)?;
            }
        }
        (_, Some(entries)) if !entries.is_empty() => {
            for (index, (key, value)) in entries.iter().enumerate() {
                text.push_str(if index == 0 && is_start { "" } else { &margin });
                text.push_str(&json::quote(key));
                text.push(':');
                entry(value, indent, text)?;
            }
        }
        _ => {
            scalar(value, text, indent)?;
            text.push('\n');
        }
    }
    Ok(())
}

/// What follows a key: lists as far out as the key, maps further in.
fn entry(value: &Value, indent: usize, text: &mut String) -> Result<(), EvalError> {
    match (value.items(), value.entries()) {
        (Some([_, ..]), _) => {
            text.push('\n');
            block(value, indent, false, text)
        }
        (_, Some(entries)) if !entries.is_empty() => {
            text.push('\n');
            block(value, indent + 1, false, text)
        }
        _ => {
            text.push(' ');
            block(value, indent + 1, true, text)
        }
    }
}

fn scalar(value: &Value, text: &mut String, indent: usize) -> Result<(), EvalError> {
    match value {
        Value::Text(value) if value.contains('\n') => {
            // A text of several lines is written as a block; how depends on its blanks.
            let _ = indent;
            return Err(EvalError::Limit("text of several lines in YAML".into()));
        }
        Value::Text(value)
            if !value.chars().all(|character| character.is_ascii_graphic() || character == ' ') =>
        {
            return Err(EvalError::Limit("text with such characters in YAML".into()));
        }
        Value::Text(value) => {
            text.push('"');
            text.push_str(&value.replace('\\', "\\\\").replace('"', "\\\""));
            text.push('"');
        }
        Value::Tuple(_) | Value::List(_) | Value::Set(_) => text.push_str("[]"),
        Value::Object(_) | Value::Map(_) => text.push_str("{}"),
        other => text.push_str(&json::encode(other)?),
    }
    Ok(())
}
