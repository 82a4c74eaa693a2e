//! Functions from lists to lists.
//! See <https://developer.hashicorp.com/terraform/language/functions/chunklist> and its neighbours.

use std::collections::BTreeSet;

use super::collection::sorted;
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::{EvalError, equal};
use crate::terraform::number::Number;
use crate::terraform::types::{Type, convert, unify};
use crate::terraform::value::Value;

/// Terraform's own limit of `range`.
const MAX_RANGE: usize = 1024;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "chunklist" => function(2, 2, chunks),
        "compact" => function(1, 1, compact),
        "concat" => function(1, MANY, concat),
        "distinct" => function(1, 1, distinct),
        "flatten" => function(1, 1, flatten),
        "matchkeys" => function(3, 3, match_keys),
        "range" => function(1, 3, range),
        "reverse" => function(1, 1, reverse),
        "slice" => function(3, 3, slice),
        "sort" => function(1, 1, sort),
        _ => None,
    }
}

/// The elements of a list of one type, as `list(any)` takes them.
fn list(arguments: &Arguments<'_>, index: usize) -> Result<Vec<Value>, EvalError> {
    let value = arguments.known(index)?;
    arguments.items(index)?;
    match convert(value.clone(), &Type::List(Box::new(Type::Any)))? {
        Value::List(items) => Ok(items),
        other => Err(EvalError::Unknown(other.links())),
    }
}

fn chunks(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = list(arguments, 0)?;
    let size = arguments.integer(1)?;
    let size = usize::try_from(size).map_err(|_| EvalError::wrong("the size must not be negative"))?;
    let chunk = |chunk: &[Value]| Value::List(chunk.to_vec());
    Ok(Value::List(match size {
        0 if items.is_empty() => Vec::new(),
        0 => vec![Value::List(items)],
        size => items.chunks(size).map(chunk).collect(),
    }))
}

/// Without empty strings and nulls. What is unknown may be either.
fn compact(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let value = arguments.known(0)?;
    let items = value.items().ok_or_else(|| EvalError::wrong("a list is needed"))?;
    let texts = items.iter().map(|item| convert(item.clone(), &Type::Text)).collect::<Result<Vec<_>, _>>()?;
    let is_empty = |item: &Value| matches!(item, Value::Null) || item.as_text() == Some("");
    let (unknown, rest): (Vec<_>, Vec<_>) =
        texts.into_iter().filter(|item| !is_empty(item)).partition(may_be_empty);
    if unknown.is_empty() && !value.is_open() {
        return Ok(Value::List(rest));
    }
    Ok(Value::some_of(rest, Value::linked(unknown.iter().flat_map(Value::links).collect())))
}

/// A text that encodes something is not empty, whatever else of it is unknown.
fn may_be_empty(item: &Value) -> bool {
    match item {
        Value::Unknown(unknown) => unknown.json.is_none(),
        other => other.has_unknown(),
    }
}

/// Lists of one type make a list; anything else makes a tuple.
fn concat(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut all = Vec::new();
    let mut rest: Option<BTreeSet<String>> = None;
    let mut types = Vec::new();
    for value in &arguments.values {
        match value {
            Value::Tuple(items) | Value::List(items) => all.extend(items.iter().cloned()),
            Value::Set(items) if value.is_open() => {
                let (unknown, certain): (Vec<_>, Vec<_>) = items.iter().cloned().partition(Value::is_unknown);
                all.extend(certain);
                rest.get_or_insert_default().extend(unknown.iter().flat_map(Value::links));
            }
            Value::Unknown(unknown) => rest.get_or_insert_default().extend(unknown.links.iter().cloned()),
            Value::Null => return Err(EvalError::wrong("an argument must not be null")),
            _ => return Err(EvalError::wrong("all arguments must be lists")),
        }
        types.push(Type::of(value));
    }
    if let Some(links) = rest {
        return Ok(Value::some_of(all, Value::linked(links)));
    }
    let all_lists = types.iter().all(|kind| matches!(kind, Type::List(_)));
    match unify(&types).filter(|_| all_lists) {
        Some(Type::List(element)) => {
            all.into_iter().map(|item| convert(item, &element)).collect::<Result<_, _>>().map(Value::List)
        }
        _ => Ok(Value::Tuple(all)),
    }
}

fn distinct(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut found: Vec<Value> = Vec::new();
    let mut is_certain = true;
    for item in list(arguments, 0)? {
        is_certain &= !item.has_unknown();
        arguments.evaluator.budget.elements(found.len() / 8)?;
        if item.has_unknown() || !found.contains(&item) {
            found.push(item);
        }
    }
    Ok(if is_certain { Value::List(found) } else { Value::some_of(found, Value::unknown()) })
}

/// Lists in lists become one. What is unknown may be a list or an element.
fn flatten(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut flat = Vec::new();
    let mut rest: Option<BTreeSet<String>> = None;
    let value = arguments.known(0)?;
    if value.items().is_none() {
        return Err(EvalError::wrong("a list is needed"));
    }
    flatten_into(value, &mut flat, &mut rest);
    Ok(match rest {
        Some(links) => Value::some_of(flat, Value::linked(links)),
        None => Value::Tuple(flat),
    })
}

fn flatten_into(value: &Value, flat: &mut Vec<Value>, rest: &mut Option<BTreeSet<String>>) {
    if value.is_open() {
        rest.get_or_insert_default();
    }
    for item in value.items().unwrap_or_default() {
        match item {
            Value::Unknown(unknown) if unknown.attributes.is_empty() => {
                rest.get_or_insert_default().extend(unknown.links.iter().cloned());
            }
            Value::Tuple(_) | Value::List(_) | Value::Set(_) => flatten_into(item, flat, rest),
            other => flat.push(other.clone()),
        }
    }
}

fn match_keys(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let values = list(arguments, 0)?;
    let both = [arguments.known(1)?.clone(), arguments.known(2)?.clone()];
    let common = super::collection::unified(&both)?;
    let [keys, wanted] = both.map(|value| convert(value, &common));
    let (keys, wanted) = (keys?, wanted?);
    let (keys, wanted) = (keys.items().unwrap_or_default(), wanted.items().unwrap_or_default());
    if keys.len() != values.len() {
        return Err(EvalError::wrong("there must be as many keys as values"));
    }
    arguments.evaluator.budget.elements(keys.len().saturating_mul(wanted.len()) / 8)?;
    let mut found = Vec::new();
    for (key, value) in keys.iter().zip(values) {
        let answers: Vec<Option<bool>> = wanted.iter().map(|wanted| equal(key, wanted)).collect();
        if answers.contains(&Some(true)) {
            found.push(value);
        } else if answers.contains(&None) {
            return Ok(arguments.unknown());
        }
    }
    Ok(Value::List(found))
}

fn range(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let numbers =
        (0..arguments.values.len()).map(|index| arguments.number(index)).collect::<Result<Vec<_>, _>>()?;
    let one = Number::from(1_i64);
    let step_for = |start: Number, end: Number| if end < start { one.negate() } else { Some(one) };
    let (start, end, step) = match numbers.as_slice() {
        [end] => (Number::ZERO, *end, step_for(Number::ZERO, *end)),
        [start, end] => (*start, *end, step_for(*start, *end)),
        [start, end, step] => (*start, *end, Some(*step)),
        _ => return Err(EvalError::wrong("one to three numbers are needed")),
    };
    let step = step.unwrap_or(one);
    let is_down = end < start;
    if step == Number::ZERO || (start != end && is_down != step.is_negative()) {
        return Err(EvalError::wrong("the step does not lead from start to end"));
    }
    let (mut items, mut next) = (Vec::new(), start);
    while if step.is_negative() { next > end } else { next < end } {
        if items.len() >= MAX_RANGE {
            return Err(EvalError::Wrong(format!("more than {MAX_RANGE} numbers")));
        }
        items.push(Value::Number(next));
        next = next.add(step).ok_or_else(|| EvalError::Limit("the number has too many digits".into()))?;
    }
    Ok(Value::List(items))
}

fn reverse(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.items(0)?.iter().rev().cloned().collect();
    Ok(match arguments.get(0)? {
        Value::Tuple(_) => Value::Tuple(items),
        _ => Value::List(items),
    })
}

fn slice(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.items(0)?;
    let (start, end) = (arguments.integer(1)?, arguments.integer(2)?);
    let bounds = (usize::try_from(start), usize::try_from(end));
    let part = match bounds {
        (Ok(start), Ok(end)) => items.get(start..end),
        _ => None,
    };
    let part = part.ok_or_else(|| EvalError::wrong("start and end must be within the list"))?.to_vec();
    match arguments.get(0)? {
        Value::Tuple(_) => Ok(Value::Tuple(part)),
        Value::Set(_) => Err(EvalError::wrong("a set has no order")),
        _ => Ok(Value::List(part)),
    }
}

fn sort(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let value = arguments.known(0)?;
    let items = value.items().ok_or_else(|| EvalError::wrong("a list is needed"))?;
    if value.has_unknown() {
        let (unknown, rest): (Vec<_>, Vec<_>) = items.iter().cloned().partition(Value::is_unknown);
        let rest = rest.into_iter().map(|item| convert(item, &Type::Text)).collect::<Result<Vec<_>, _>>()?;
        return Ok(Value::some_of(rest, Value::linked(unknown.iter().flat_map(Value::links).collect())));
    }
    Ok(Value::List(sorted(items)?.into_iter().map(Value::Text).collect()))
}
