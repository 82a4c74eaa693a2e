//! The order in which Terraform shows the elements of a set.

use std::cmp::Ordering;

use super::value::Value;

/// Strings by their bytes, numbers by size, false before true, null last; anything else by its JSON.
/// What is unknown comes after all.
pub(crate) fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => rank(left)
            .cmp(&rank(right))
            .then_with(|| left.to_json().to_string().cmp(&right.to_json().to_string())),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 1,
        _ if value.has_unknown() => 2,
        _ => 0,
    }
}
