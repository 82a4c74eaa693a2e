//! `jsonencode` and `jsondecode`.
//! See <https://developer.hashicorp.com/terraform/language/functions/jsonencode>.

use super::arguments::text;
use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "jsonencode" => function(1, 1, encode_argument),
        "jsondecode" => function(1, 1, decode),
        _ => None,
    }
}

/// Of what is not wholly known the structure is kept.
fn encode_argument(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    match arguments.get(0)? {
        value @ Value::Unknown(unknown) if unknown.attributes.is_empty() => Ok(Value::linked(value.links())),
        value if value.has_unknown() => Ok(Value::json_text(plain(value))),
        value => encode(value).map(Value::Text),
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
    let parsed: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| EvalError::Wrong(format!("the text is not JSON: {error}")))?;
    Ok(Value::from_json(&parsed))
}

/// As decoding the text again would give it.
fn plain(value: &Value) -> Value {
    match value {
        Value::Set(_) if value.is_open() => value.clone(),
        Value::Tuple(items) | Value::List(items) | Value::Set(items) => {
            Value::Tuple(items.iter().map(plain).collect())
        }
        Value::Object(entries) | Value::Map(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}

/// JSON without blanks, keys in order, and without characters that HTML gives a meaning.
pub(super) fn encode(value: &Value) -> Result<String, EvalError> {
    let mut json = String::new();
    write(value, &mut json)?;
    Ok(json)
}

fn write(value: &Value, json: &mut String) -> Result<(), EvalError> {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(truth) => json.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            let digits = number.to_text();
            json.push_str(
                &digits.ok_or_else(|| EvalError::Limit("the digits of this number have no end".into()))?,
            );
        }
        Value::Text(text) => json.push_str(&quote(text)),
        Value::Tuple(items) | Value::List(items) | Value::Set(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                write(item, json)?;
            }
            json.push(']');
        }
        Value::Object(entries) | Value::Map(entries) => {
            json.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                json.push_str(&quote(key));
                json.push(':');
                write(value, json)?;
            }
            json.push('}');
        }
        Value::Unknown(unknown) => return Err(EvalError::Unknown(unknown.links.clone())),
    }
    Ok(())
}

/// A string as Go writes it in JSON.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
