//! Functions of maps and objects.
//! See <https://developer.hashicorp.com/terraform/language/functions/keys> and its neighbours.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::text;
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::EvalError;
use crate::terraform::types::{Type, convert, unify};
use crate::terraform::value::{Unknown, Value};

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "keys" => function(1, 1, keys),
        "lookup" => function(2, 3, lookup),
        "merge" => function(0, MANY, merge),
        "transpose" => function(1, 1, transpose),
        "values" => function(1, 1, values),
        "zipmap" => function(2, 2, zip),
        _ => None,
    }
}

fn keys(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let keys = arguments.entries(0)?.keys().map(Value::text).collect();
    Ok(if matches!(arguments.get(0)?, Value::Map(_)) { Value::List(keys) } else { Value::Tuple(keys) })
}

fn values(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let values = arguments.entries(0)?.values().cloned().collect();
    Ok(if matches!(arguments.get(0)?, Value::Map(_)) { Value::List(values) } else { Value::Tuple(values) })
}

fn lookup(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let key = arguments.text(1)?;
    let map = arguments.get(0)?;
    if let Value::Unknown(Unknown { attributes, .. }) = map {
        return Ok(attributes.get(&key).cloned().unwrap_or_else(|| arguments.unknown()));
    }
    let found = arguments.entries(0)?.get(&key);
    match (found, arguments.values.get(2)) {
        (Some(found), _) => Ok(found.clone()),
        (None, Some(default)) => match (map, Type::of(map)) {
            (Value::Map(_), Type::Map(element)) => convert(default.clone(), &element),
            _ => Ok(default.clone()),
        },
        (None, None) => Err(EvalError::Wrong(format!("there is no element {key:?}"))),
    }
}

/// The last one to say something about a key wins. Of what comes after an unknown map all is certain.
fn merge(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut merged = BTreeMap::new();
    let mut open: Option<BTreeSet<String>> = None;
    let mut types = Vec::new();
    for value in &arguments.values {
        match value {
            Value::Null => continue,
            Value::Object(entries) | Value::Map(entries) => merged.extend(entries.clone()),
            Value::Unknown(unknown) => {
                let links = Value::Object(std::mem::take(&mut merged)).links();
                open.get_or_insert_default().extend(unknown.links.iter().cloned().chain(links));
                merged.extend(unknown.attributes.clone());
            }
            _ => return Err(EvalError::wrong("all arguments must be maps")),
        }
        types.push(Type::of(value));
    }
    if let Some(links) = open {
        return Ok(Value::open_object(links, merged));
    }
    let all_maps = !types.is_empty() && types.iter().all(|kind| matches!(kind, Type::Map(_)));
    let same = types.windows(2).all(|pair| matches!(pair, [left, right] if left == right));
    Ok(if all_maps && same { Value::Map(merged) } else { Value::Object(merged) })
}

fn transpose(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut transposed: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, value) in arguments.entries(0)? {
        let items = super::arguments::wholly(value)?;
        for item in items.items().ok_or_else(|| EvalError::wrong("a map of lists is needed"))? {
            transposed.entry(text(item)?).or_default().push(Value::text(key));
        }
    }
    Ok(Value::Map(transposed.into_iter().map(|(key, keys)| (key, Value::List(keys))).collect()))
}

fn zip(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (keys, values) = (arguments.items(0)?, arguments.items(1)?);
    if keys.len() != values.len() {
        return Err(EvalError::wrong("there must be as many keys as values"));
    }
    let mut zipped = BTreeMap::new();
    for (key, value) in keys.iter().zip(values) {
        zipped.insert(text(key)?, value.clone());
    }
    let is_map = matches!(arguments.get(1)?, Value::List(_))
        && unify(&zipped.values().map(Type::of).collect::<Vec<_>>()).is_some();
    Ok(if is_map { Value::Map(zipped) } else { Value::Object(zipped) })
}
