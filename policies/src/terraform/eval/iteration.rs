//! `for` expressions. See <https://developer.hashicorp.com/terraform/language/expressions/for>.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, ForCond, ForExpr};

use super::expression::Names;
use super::{EvalError, Evaluator};
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

/// What a loop goes over.
pub(super) enum Collection {
    /// Keys and values, and whether their order and number is certain.
    Known {
        entries: Vec<(Value, Value)>,
        certain: bool,
    },
    Unknown(Value),
}

/// What becomes of the elements of a `for` expression.
#[derive(Default)]
struct Results {
    items: Vec<Value>,
    entries: BTreeMap<String, Vec<Value>>,
    /// What cannot be told: whether an element is in, or its key.
    open: Option<Value>,
}

impl Evaluator<'_> {
    /// The keys and values of a collection.
    pub(super) fn collection(self, expression: &Expression) -> Result<Collection, EvalError> {
        let value = self.expression(expression)?;
        let certain = !matches!(value, Value::Set(_)) || !value.has_unknown();
        let entries = match value {
            Value::Unknown(_) => {
                self.doubt();
                return Ok(Collection::Unknown(value));
            }
            Value::Set(items) => items.into_iter().map(|item| (item.clone(), item)).collect(),
            Value::Tuple(items) | Value::List(items) => {
                let numbered = items.into_iter().enumerate();
                numbered.map(|(index, item)| (Value::Number(index.into()), item)).collect()
            }
            Value::Object(entries) | Value::Map(entries) => {
                entries.into_iter().map(|(key, value)| (Value::Text(key), value)).collect()
            }
            other => {
                let message = format!("a loop needs a collection, but this is {}", Type::of(&other).name());
                return Err(EvalError::Wrong(message));
            }
        };
        Ok(Collection::Known { entries, certain })
    }

    pub(super) fn iteration(self, iteration: &ForExpr) -> Result<Value, EvalError> {
        let (entries, certain) = match self.collection(&iteration.intro.collection_expr)? {
            Collection::Known { entries, certain } => (entries, certain),
            Collection::Unknown(value) => return Ok(self.each_of_unknown(iteration, &value)),
        };
        let mut results = Results::default();
        for (key, value) in entries {
            let names = self.bound(iteration, key, value);
            self.with(&names).element(iteration, &mut results)?;
        }
        Ok(results.finish(iteration, certain))
    }

    fn bound(&self, iteration: &ForExpr, key: Value, value: Value) -> Names<'_> {
        let mut values = BTreeMap::new();
        if let Some(name) = &iteration.intro.key_var {
            values.insert(name.as_str().to_owned(), key);
        }
        values.insert(iteration.intro.value_var.as_str().to_owned(), value);
        Names { values, outer: self.names() }
    }

    /// What comes out of a loop over something unknown: nothing is known but where it may come from.
    fn each_of_unknown(self, iteration: &ForExpr, collection: &Value) -> Value {
        let element = Value::linked(collection.links());
        let names = self.bound(iteration, element.clone(), element);
        let each = self.with(&names).expression(&iteration.value_expr).unwrap_or_else(|_| Value::unknown());
        Value::linked(collection.links().into_iter().chain(each.links()).collect())
    }

    fn element(self, iteration: &ForExpr, results: &mut Results) -> Result<(), EvalError> {
        let included = match &iteration.cond {
            Some(condition) => self.included(condition)?,
            None => Some(true),
        };
        if included == Some(false) {
            return Ok(());
        }
        let value = self.expression(&iteration.value_expr)?;
        let key = match &iteration.key_expr {
            Some(key) => Some(self.key_text(self.expression(key)?)?),
            None => None,
        };
        match (included, key) {
            (Some(true), None) => results.items.push(value),
            (Some(true), Some(Ok(key))) => return results.insert(key, value, iteration.grouping),
            (_, key) => {
                let unknown = key.and_then(Result::err).map(|key| key.links()).unwrap_or_default();
                results.open(value.links().into_iter().chain(unknown));
            }
        }
        Ok(())
    }

    fn included(self, condition: &ForCond) -> Result<Option<bool>, EvalError> {
        match convert(self.expression(&condition.expr)?, &Type::Bool)? {
            Value::Bool(truth) => Ok(Some(truth)),
            Value::Null => Err(EvalError::wrong("the condition of a loop cannot be null")),
            _ => {
                self.doubt();
                Ok(None)
            }
        }
    }
}

impl Results {
    fn insert(&mut self, key: String, value: Value, grouping: bool) -> Result<(), EvalError> {
        let group = self.entries.entry(key).or_default();
        if !grouping && !group.is_empty() {
            return Err(EvalError::wrong("two elements of a loop have the same key"));
        }
        group.push(value);
        Ok(())
    }

    fn open(&mut self, links: impl Iterator<Item = String>) {
        let known = self.open.take().map(|open| open.links()).unwrap_or_default();
        self.open = Some(Value::linked(links.chain(known).collect()));
    }

    fn finish(self, iteration: &ForExpr, certain: bool) -> Value {
        if iteration.key_expr.is_none() {
            return self.sequence(certain);
        }
        let grouping = iteration.grouping;
        let entry = |(key, mut group): (String, Vec<Value>)| {
            let value = if grouping { Value::Tuple(group) } else { group.pop().unwrap_or(Value::Null) };
            (key, value)
        };
        let open = self.open;
        let entries: BTreeMap<String, Value> = self.entries.into_iter().map(entry).collect();
        match open {
            // An element whose key is not known may belong to any group.
            Some(open) if grouping => {
                Value::linked(open.links().into_iter().chain(Value::Object(entries).links()).collect())
            }
            Some(open) => Value::open_object(open.links(), entries),
            None if certain => Value::Object(entries),
            None if grouping => Value::linked(Value::Object(entries).links()),
            None => Value::open_object(Value::Object(entries.clone()).links(), entries),
        }
    }

    fn sequence(self, certain: bool) -> Value {
        match self.open {
            None if certain => Value::Tuple(self.items),
            // The elements are right, but not their order and number.
            None => Value::some_of(self.items, Value::unknown()),
            Some(open) => Value::some_of(self.items, open),
        }
    }
}
