//! Values that cannot be known from a template alone, while its properties are mapped.
//!
//! A marker is an object with one key that no template can have. Mapping functions move it about like any value;
//! [`settle`] takes it out at the end and says where it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

const UNKNOWN: &str = "\u{0}unknown";
const ENCODED: &str = "\u{0}encoded";
const REMOVED: &str = "\u{0}removed";

/// A value that depends on these resources, or on nothing that is known.
pub(crate) fn unknown(references: impl IntoIterator<Item = String>) -> Value {
    let references = references.into_iter().map(Value::from).collect();
    Value::Object(Map::from_iter([(UNKNOWN.to_owned(), Value::Array(references))]))
}

/// A text that encodes a structure in JSON, of which some is unknown: [`unknown`] to all who want the text, and
/// the structure (with markers in it) to who asks for it with [`encoded`].
pub(crate) fn unknown_text(references: impl IntoIterator<Item = String>, structure: Value) -> Value {
    let mut marker = unknown(references);
    if let Some(map) = marker.as_object_mut() {
        map.insert(ENCODED.to_owned(), structure);
    }
    marker
}

/// What a partly unknown text encodes.
pub(crate) fn encoded(value: &Value) -> Option<&Value> {
    value.as_object()?.get(ENCODED)
}

/// `AWS::NoValue`: the property is taken away.
pub(crate) fn removed() -> Value {
    Value::Object(Map::from_iter([(REMOVED.to_owned(), Value::Null)]))
}

/// The resources behind a marker, or none if the value is known.
pub(crate) fn references(value: &Value) -> Option<Vec<String>> {
    let listed = value.as_object()?.get(UNKNOWN)?.as_array()?;
    Some(listed.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Whether the value is a marker for the unknown.
pub(crate) fn is_unknown(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.contains_key(UNKNOWN))
}

/// Whether the value is unknown or has something unknown in it.
pub(crate) fn is_within(value: &Value) -> bool {
    is_unknown(value)
        || match value {
            Value::Array(items) => items.iter().any(is_within),
            Value::Object(map) => map.values().any(is_within),
            _ => false,
        }
}

/// Whether the value is `AWS::NoValue`.
pub(crate) fn is_removed(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.contains_key(REMOVED))
}

/// Where the unknown was, and which resources it depends on, by dotted path.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) unknown: BTreeSet<String>,
    pub(crate) links: BTreeMap<String, BTreeSet<String>>,
}

/// Removes all markers from mapped values; in lists they become null, so that the others keep their numbers.
pub(crate) fn settle(values: &mut Value) -> Marks {
    let mut marks = Marks::default();
    descend(values, "", &mut marks);
    marks
}

fn descend(value: &mut Value, path: &str, marks: &mut Marks) {
    if let Some(references) = references(value) {
        marks.unknown.insert(path.to_owned());
        if !references.is_empty() {
            marks.links.insert(path.to_owned(), references.into_iter().collect());
        }
        *value = Value::Null;
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                descend(value, &path, marks);
            }
            map.retain(|_, value| !value.is_null());
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                descend(value, &format!("{path}.{index}"), marks);
            }
        }
        _ => {}
    }
}
