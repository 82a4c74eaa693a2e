//! Functions that ask or choose from collections of any kind.
//! See <https://developer.hashicorp.com/terraform/language/functions/alltrue> and its neighbours.

use unicode_segmentation::UnicodeSegmentation;

use super::arguments::{known, number, text};
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::{EvalError, equal};
use crate::terraform::types::{Type, convert, unify};
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "alltrue" => function(1, 1, |arguments| decided_by(arguments, false)),
        "anytrue" => function(1, 1, |arguments| decided_by(arguments, true)),
        "coalesce" => function(1, MANY, coalesce),
        "coalescelist" => function(1, MANY, coalesce_list),
        "contains" => function(2, 2, contains),
        "element" => function(2, 2, element),
        "index" => function(2, 2, index),
        "length" => function(1, 1, length),
        "one" => function(1, 1, one),
        _ => None,
    }
}

/// One that decides is enough, even if others are not known.
fn decided_by(arguments: &Arguments<'_>, decides: bool) -> Result<Value, EvalError> {
    let items = arguments.known(0)?.items().ok_or_else(|| EvalError::wrong("a list is needed"))?;
    let mut all_known = true;
    for item in items {
        match convert(item.clone(), &Type::Bool)? {
            Value::Bool(truth) if truth == decides => return Ok(Value::Bool(decides)),
            Value::Null if !decides => return Ok(Value::Bool(false)),
            Value::Bool(_) | Value::Null => {}
            _ => all_known = false,
        }
    }
    if all_known { Ok(Value::Bool(!decides)) } else { Err(EvalError::Unknown(arguments.unknown().links())) }
}

fn coalesce(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let common = unified(&arguments.values)?;
    for value in &arguments.values {
        match convert(value.clone(), &common)? {
            Value::Null => {}
            Value::Text(text) if text.is_empty() => {}
            Value::Unknown(_) => return Ok(arguments.unknown()),
            found => return Ok(found),
        }
    }
    Err(EvalError::wrong("all arguments are null or empty"))
}

/// The type that all of these have.
pub(super) fn unified(values: &[Value]) -> Result<Type, EvalError> {
    let types: Vec<Type> = values.iter().map(Type::of).collect();
    unify(&types).ok_or_else(|| EvalError::wrong("all arguments must have the same type"))
}

fn coalesce_list(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    for value in &arguments.values {
        match value {
            Value::Null => return Err(EvalError::wrong("an argument must not be null")),
            Value::Unknown(_) => return Ok(arguments.unknown()),
            value => match value.items() {
                Some([]) => {}
                Some(_) => return Ok(value.clone()),
                None => return Err(EvalError::wrong("a list is needed")),
            },
        }
    }
    Err(EvalError::wrong("all lists are empty"))
}

fn contains(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.known(0)?.items().ok_or_else(|| EvalError::wrong("a list is needed"))?;
    let wanted = arguments.known(1)?;
    let mut all_known = true;
    for item in items {
        match equal(item, wanted) {
            Some(true) => return Ok(Value::Bool(true)),
            Some(false) => {}
            None => all_known = false,
        }
    }
    if all_known { Ok(Value::Bool(false)) } else { Ok(arguments.unknown()) }
}

fn element(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.items(0)?;
    if matches!(arguments.get(0)?, Value::Set(_)) {
        return Err(EvalError::wrong("the elements of a set have no index"));
    }
    let index =
        number(arguments.get(1)?)?.as_i64().ok_or_else(|| EvalError::wrong("a whole number is needed"))?;
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Err(EvalError::wrong("an empty list has no elements"));
    }
    if index < 0 {
        return Err(EvalError::wrong("an index must not be negative"));
    }
    let found = usize::try_from(index.rem_euclid(count)).ok().and_then(|index| items.get(index));
    found.cloned().ok_or_else(|| EvalError::wrong("there is no such element"))
}

fn index(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.items(0)?;
    for (index, item) in items.iter().enumerate() {
        match equal(item, arguments.get(1)?) {
            Some(true) => return Ok(Value::Number(index.into())),
            Some(false) => {}
            None => return Ok(arguments.unknown()),
        }
    }
    Err(EvalError::wrong("the element is not in the list"))
}

fn length(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let count = match arguments.known(0)? {
        Value::Text(text) => text.graphemes(true).count(),
        Value::Tuple(items) | Value::List(items) => items.len(),
        Value::Set(items) if !items.iter().any(Value::has_unknown) => items.len(),
        Value::Object(entries) | Value::Map(entries) => entries.len(),
        value @ Value::Set(_) => return Err(EvalError::Unknown(value.links())),
        _ => return Err(EvalError::wrong("a list, map or string is needed")),
    };
    Ok(Value::Number(count.into()))
}

fn one(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    match arguments.items(0)? {
        [] => Ok(Value::Null),
        [single] => Ok(single.clone()),
        _ => Err(EvalError::wrong("there is more than one element")),
    }
}

/// Strings in their order by bytes.
pub(super) fn sorted(values: &[Value]) -> Result<Vec<String>, EvalError> {
    let mut texts = values.iter().map(|value| text(known(value)?)).collect::<Result<Vec<_>, _>>()?;
    texts.sort();
    Ok(texts)
}
