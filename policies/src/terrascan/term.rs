//! What an attribute is worth to Terrascan's rules: text, mostly.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Attributes and blocks by name.
pub(super) type Fields = BTreeMap<String, Term>;

/// A value, told apart by where it comes from: Terrascan compares resources with the difference, so that `true` in a
/// call and `true` as a default are two resources.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Term {
    /// A literal number, boolean or null.
    Scalar(Value),
    /// A string, or the text of an expression as `${…}`.
    Text(String),
    /// A list as written; an empty one is null.
    List(Vec<Self>),
    /// An object as written.
    Object(Fields),
    /// Blocks of one type.
    Blocks(Vec<Fields>),
    /// A variable's default that is neither a string nor a list.
    Default(Value),
    /// Text that was JSON.
    Decoded(Value),
}

impl Term {
    pub(super) fn into_json(self) -> Value {
        match self {
            Self::Scalar(value) | Self::Decoded(value) => value,
            Self::Default(value) => without_empty_lists(value),
            Self::Text(text) => Value::String(text),
            Self::List(items) if items.is_empty() => Value::Null,
            Self::List(items) => items.into_iter().map(Self::into_json).collect(),
            Self::Object(fields) => Value::Object(fields_json(fields)),
            Self::Blocks(blocks) => {
                blocks.into_iter().map(|block| Value::Object(fields_json(block))).collect()
            }
        }
    }
}

/// Empty lists are null within defaults, too.
fn without_empty_lists(value: Value) -> Value {
    match value {
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => items.into_iter().map(without_empty_lists).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, item)| (key, without_empty_lists(item))).collect())
        }
        other => other,
    }
}

pub(super) fn fields_json(fields: Fields) -> Map<String, Value> {
    fields.into_iter().map(|(name, term)| (name, term.into_json())).collect()
}

/// An object in the middle of a text: as JSON, with null for empty lists.
pub(super) fn written(value: &Value) -> String {
    go_json(&without_empty_lists(value.clone()))
}

/// JSON as Go writes it: keys in order, and what HTML could misread escaped.
/// See <https://pkg.go.dev/encoding/json#Marshal>.
pub(super) fn go_json(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(go_json).collect::<Vec<_>>().join(",")),
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            let pair = |(key, item): (&String, &Value)| format!("{}:{}", quoted(key), go_json(item));
            format!("{{{}}}", sorted.into_iter().map(pair).collect::<Vec<_>>().join(","))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let plain = Value::String(text.to_owned()).to_string();
    let mut text = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            character => text.push(character),
        }
    }
    text
}

/// A number as JSON: whole ones without a fraction.
pub(super) fn number(value: &hcl_edit::Number) -> Value {
    let whole = value.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0);
    match (value.as_u64(), value.as_i64(), whole) {
        (Some(number), ..) => Value::from(number),
        (_, Some(number), _) => Value::from(number),
        // Within the bound above, so nothing is cut off.
        #[allow(clippy::cast_possible_truncation)]
        (.., Some(float)) => Value::from(float as i64),
        _ => value.as_f64().map_or(Value::Null, Value::from),
    }
}
