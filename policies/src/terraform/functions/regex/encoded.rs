//! `replace` in a text that encodes a structure in JSON of which some is unknown, such as a policy with placeholders.

use std::collections::BTreeSet;

use crate::terraform::value::{Unknown, Value};

/// The text with what is replaced in it; none if the arguments are not of this kind.
pub(super) fn replace(arguments: &[Value]) -> Option<Value> {
    let [Value::Unknown(Unknown { links, json: Some(structure), .. }), Value::Text(what), with] = arguments
    else {
        return None;
    };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-:.$#@<>%".contains(&byte);
    // Anything else may match where one text ends and another begins, or be an expression.
    if what.is_empty() || !what.bytes().all(is_word) {
        return None;
    }
    let links: BTreeSet<String> = links.union(&with.links()).cloned().collect();
    let json = Some(Box::new(within(structure, what, with)));
    Some(Value::Unknown(Unknown { links, json, ..Unknown::default() }))
}

fn within(value: &Value, what: &str, with: &Value) -> Value {
    let all = |items: &[Value]| items.iter().map(|item| within(item, what, with)).collect();
    match value {
        Value::Text(text) if text.contains(what) => match with {
            Value::Text(with) => Value::Text(text.replace(what, with)),
            _ => Value::linked(with.links()),
        },
        Value::Tuple(items) => Value::Tuple(all(items)),
        Value::List(items) => Value::List(all(items)),
        Value::Set(items) => Value::set(all(items)),
        Value::Object(entries) => Value::Object(
            entries.iter().map(|(key, value)| (key.clone(), within(value, what, with))).collect(),
        ),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), within(value, what, with))).collect())
        }
        other => other.clone(),
    }
}
