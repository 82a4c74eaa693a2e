//! Functions of sets. See <https://developer.hashicorp.com/terraform/language/functions/setunion> and its neighbours.

use super::arguments::{known, wholly};
use super::collection::unified;
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::EvalError;
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "setintersection" => function(1, MANY, |arguments| fold(arguments, true)),
        "setsubtract" => function(2, 2, |arguments| fold(arguments, false)),
        "setunion" => function(1, MANY, union),
        "setproduct" => function(2, MANY, product),
        _ => None,
    }
}

/// The sets, all of one type of elements.
fn sets(arguments: &Arguments<'_>) -> Result<Vec<Vec<Value>>, EvalError> {
    let any = Type::Set(Box::new(Type::Any));
    let convert_one = |value: &Value| convert(known(value)?.clone(), &any);
    let sets = arguments.values.iter().map(convert_one).collect::<Result<Vec<_>, _>>()?;
    let common = unified(&sets)?;
    let each = |set: Value| convert(set, &common).map(|set| set.items().unwrap_or_default().to_vec());
    sets.into_iter().map(each).collect()
}

fn union(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    Ok(Value::set(sets(arguments)?.into_iter().flatten()))
}

/// What of the first set is in all others, or in none of them.
fn fold(arguments: &Arguments<'_>, kept_if_in: bool) -> Result<Value, EvalError> {
    arguments.values.iter().try_for_each(|value| wholly(value).map(drop))?;
    let mut sets = sets(arguments)?.into_iter();
    let mut left = sets.next().unwrap_or_default();
    for other in sets {
        arguments.evaluator.budget.elements(left.len().saturating_mul(other.len()) / 8)?;
        left.retain(|item| other.contains(item) == kept_if_in);
    }
    Ok(Value::Set(left))
}

/// All combinations of one element of each, in order. A set among the arguments makes a set.
fn product(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    let mut count = 1_usize;
    for index in 0..arguments.values.len() {
        let items = elements(arguments, index)?;
        count = count.saturating_mul(items.len());
        arguments.evaluator.budget.elements(count.saturating_mul(index + 1))?;
        let extend = |row: Vec<Value>| {
            let extended = |item: &Value| row.iter().chain([item]).cloned().collect::<Vec<_>>();
            items.iter().map(extended).collect::<Vec<_>>()
        };
        rows = rows.into_iter().flat_map(extend).collect();
    }
    let tuples = rows.into_iter().map(Value::Tuple);
    let has_set = arguments.values.iter().any(|value| matches!(value, Value::Set(_)));
    Ok(if has_set { Value::set(tuples) } else { Value::List(tuples.collect()) })
}

fn elements(arguments: &Arguments<'_>, index: usize) -> Result<Vec<Value>, EvalError> {
    let value = arguments.known(index)?;
    arguments.items(index)?;
    let list = Type::List(Box::new(Type::Any));
    Ok(convert(value.clone(), &list)?.items().unwrap_or_default().to_vec())
}
