//! Steps from a value to one in it: attributes, indexes and splats.

use super::{EvalError, Step};
use crate::terraform::types::{Type, convert};
use crate::terraform::value::{Unknown, Value};

/// The value at the end of a path.
pub(super) fn walk(value: Value, path: &[Step]) -> Result<Value, EvalError> {
    if path.is_empty() { Ok(value) } else { walk_ref(&value, path) }
}

/// The value at the end of a path; only what is there is copied.
pub(super) fn walk_ref(value: &Value, path: &[Step]) -> Result<Value, EvalError> {
    let Some((step, rest)) = path.split_first() else { return Ok(value.clone()) };
    match step {
        Step::Attribute(name) => below(value, attribute(value, name)?, rest),
        Step::Index(key) => below(value, index(value, key)?, rest),
        Step::Splat => splat(value, rest, &[]),
        Step::AttributeSplat => {
            let ends = rest.iter().position(|step| !matches!(step, Step::Attribute(_)));
            let (each, after) = rest.split_at_checked(ends.unwrap_or(rest.len())).unwrap_or((rest, &[]));
            splat(value, each, after)
        }
    }
}

/// What is below an element, or below what cannot be told.
fn below(parent: &Value, found: Option<&Value>, rest: &[Step]) -> Result<Value, EvalError> {
    match found {
        Some(found) => walk_ref(found, rest),
        None => Ok(Value::linked(parent.links())),
    }
}

/// An attribute, or none if it cannot be told.
fn attribute<'a>(value: &'a Value, name: &str) -> Result<Option<&'a Value>, EvalError> {
    match value {
        Value::Unknown(Unknown { attributes, .. }) => Ok(attributes.get(name)),
        Value::Null => Err(EvalError::wrong("null has no attributes")),
        Value::Object(entries) | Value::Map(entries) => match entries.get(name) {
            Some(found) => Ok(Some(found)),
            None => Err(EvalError::wrong(format!("there is no attribute {name:?}"))),
        },
        other => Err(EvalError::wrong(format!("{} has no attributes", Type::of(other).name()))),
    }
}

/// An element, or none if it cannot be told.
fn index<'a>(value: &'a Value, key: &Value) -> Result<Option<&'a Value>, EvalError> {
    match (value, key) {
        (Value::Null, _) => Err(EvalError::wrong("null has no elements")),
        (_, Value::Null) => Err(EvalError::wrong("null cannot be an index")),
        (Value::Unknown(Unknown { attributes, .. }), Value::Text(name)) => Ok(attributes.get(name)),
        (Value::Unknown(_), _) => Ok(None),
        (Value::Set(_), _) if value.has_unknown() => Ok(None),
        (Value::Set(_), _) => Err(EvalError::wrong("the elements of a set have no index")),
        (Value::Tuple(items) | Value::List(items), key) => match convert(key.clone(), &Type::Number)? {
            Value::Number(number) => {
                let found = number.as_usize().and_then(|index| items.get(index));
                found.map(Some).ok_or_else(|| EvalError::wrong(format!("there is no element {number}")))
            }
            _ => Ok(None),
        },
        (Value::Object(_) | Value::Map(_), key) => match convert(key.clone(), &Type::Text)? {
            Value::Text(name) => attribute(value, &name),
            _ => Ok(None),
        },
        (other, _) => Err(EvalError::wrong(format!("{} has no elements", Type::of(other).name()))),
    }
}

/// The steps of each element, then the rest of the path from the list of them.
fn splat(value: &Value, each: &[Step], after: &[Step]) -> Result<Value, EvalError> {
    let single = std::slice::from_ref(value);
    let items = match value {
        Value::Unknown(_) => return Ok(Value::linked(value.links())),
        Value::Null => &[],
        other => other.items().unwrap_or(single),
    };
    let found = items.iter().map(|item| walk_ref(item, each)).collect::<Result<Vec<_>, _>>()?;
    let found = match value {
        // In no order that is certain, as long as not all of it is known.
        Value::Set(_) if value.is_open() => Value::some_of(found, Value::linked(value.links())),
        Value::List(_) | Value::Set(_) => Value::List(found),
        _ => Value::Tuple(found),
    };
    walk(found, after)
}
