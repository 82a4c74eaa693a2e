//! `yamlencode` and `yamldecode`.
//! See <https://developer.hashicorp.com/terraform/language/functions/yamlencode>.

use super::arguments::text;
use super::json;
use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::number::Number;
use crate::terraform::value::Value;
use crate::yaml::{self, Data, Entry, Node};

/// Longer texts may be folded.
const MAX_LINE: usize = 50;

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
    value(&node)
}

fn value(node: &Node) -> Result<Value, EvalError> {
    if node.tag.is_some() {
        return Err(EvalError::Limit("tags in YAML are not understood".into()));
    }
    match &node.data {
        Data::Text(text) if node.is_plain => plain(text),
        Data::List(items) => items.iter().map(value).collect::<Result<_, _>>().map(Value::Tuple),
        Data::Map(entries) => {
            let entry = |entry: &Entry| match plain(&entry.key) {
                // It is not known whether the key is quoted.
                Ok(Value::Text(key)) if key == entry.key => Ok((key, value(&entry.value)?)),
                Ok(Value::Number(number)) if number.to_string() == entry.key => {
                    Ok((entry.key.clone(), value(&entry.value)?))
                }
                _ => Err(EvalError::Limit(format!("the key {:?} may mean something else", entry.key))),
            };
            entries.iter().map(entry).collect::<Result<_, _>>().map(Value::Object)
        }
        _ => Ok(Value::from_json(&node.to_json())),
    }
}

/// What a scalar without quotes means beyond what all of YAML agrees on.
fn plain(text: &str) -> Result<Value, EvalError> {
    let unsure = || EvalError::Limit(format!("{text:?} has a meaning of its own in YAML"));
    let based =
        |digits: &str, base| i64::from_str_radix(digits, base).map(|number| Value::Number(number.into()));
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "y" => return Ok(Value::Bool(true)),
        "n" => return Ok(Value::Bool(false)),
        "yes" | "on" | "no" | "off" | "~" | "null" | "" | "<<" => return Err(unsure()),
        _ if lower.trim_start_matches(['-', '+']).starts_with([' ', '_']) => return Ok(Value::text(text)),
        _ => {}
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16).or_else(|_| Ok(Value::text(text)));
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8).or_else(|_| Ok(Value::text(text)));
    }
    if let Some(number) = Number::parse(text) {
        return Ok(Value::Number(number));
    }
    if matches!(lower.trim_start_matches(['-', '+']), ".inf" | ".nan") || lower.starts_with("0b") {
        return Err(unsure());
    }
    match (text.split_at_checked(10), is_date(text)) {
        (Some((_, "")), true) => Ok(Value::Text(format!("{text}T00:00:00Z"))),
        (_, true) => Err(unsure()),
        _ => Ok(Value::text(text)),
    }
}

/// Whether the text starts as a date does.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let year =
        parts.next().is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let month = parts.next().is_some_and(|month| matches!(month.len(), 1 | 2) && month.parse::<u8>().is_ok());
    year && month && parts.next().is_some_and(|day| day.starts_with(|digit: char| digit.is_ascii_digit()))
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
    if matches!(value, Value::Null | Value::Bool(_) | Value::Number(_)) {
        text.push_str("...\n");
    }
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
                text.push_str(&quoted(key)?);
                text.push(':');
                entry(value, indent, text)?;
            }
        }
        _ => {
            text.push_str(&scalar(value)?);
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

fn scalar(value: &Value) -> Result<String, EvalError> {
    match value {
        Value::Text(value) => quoted(value),
        Value::Tuple(_) | Value::List(_) | Value::Set(_) => Ok("[]".to_owned()),
        Value::Object(_) | Value::Map(_) => Ok("{}".to_owned()),
        other => json::encode(other),
    }
}

/// A text between quotes. Of several lines it is written as a block, and a long one is folded: how is not retraced.
fn quoted(text: &str) -> Result<String, EvalError> {
    let is_simple = text.chars().all(|character| character.is_ascii_graphic() || character == ' ');
    if !is_simple || text.len() > MAX_LINE {
        return Err(EvalError::Limit("such a text in YAML".into()));
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
