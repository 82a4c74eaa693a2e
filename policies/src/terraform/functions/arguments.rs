//! The arguments of a function, taken with the types that it declares.

use std::collections::BTreeMap;

use crate::terraform::eval::{EvalError, Evaluator};
use crate::terraform::number::Number;
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

/// What a function is called with.
pub(crate) struct Arguments<'a> {
    pub(crate) values: Vec<Value>,
    pub(crate) evaluator: Evaluator<'a>,
}

impl Arguments<'_> {
    /// A value that cannot be told because of these arguments.
    pub(crate) fn unknown(&self) -> Value {
        Value::linked(self.values.iter().flat_map(Value::links).collect())
    }

    /// An argument, which may be null or unknown.
    pub(crate) fn get(&self, index: usize) -> Result<&Value, EvalError> {
        self.values.get(index).ok_or_else(|| EvalError::Wrong(format!("argument {} is missing", index + 1)))
    }

    /// An argument that is neither null nor unknown.
    pub(crate) fn known(&self, index: usize) -> Result<&Value, EvalError> {
        known(self.get(index)?)
    }

    /// A string.
    pub(crate) fn text(&self, index: usize) -> Result<String, EvalError> {
        text(self.get(index)?)
    }

    /// A number.
    pub(crate) fn number(&self, index: usize) -> Result<Number, EvalError> {
        number(self.get(index)?)
    }

    /// A whole number.
    pub(crate) fn integer(&self, index: usize) -> Result<i64, EvalError> {
        self.number(index)?.as_i64().ok_or_else(|| EvalError::wrong("a whole number is needed"))
    }

    /// The elements of a list, set or tuple; those may be unknown. A collection that is not known in order and number
    /// is unknown.
    pub(crate) fn items(&self, index: usize) -> Result<&[Value], EvalError> {
        let value = self.known(index)?;
        if value.is_open() {
            return Err(EvalError::Unknown(value.links()));
        }
        value.items().ok_or_else(|| {
            EvalError::Wrong(format!(
                "a list is needed, but argument {} is {}",
                index + 1,
                Type::of(value).name()
            ))
        })
    }

    /// The elements of a list of strings.
    pub(crate) fn texts(&self, index: usize) -> Result<Vec<String>, EvalError> {
        self.items(index)?.iter().map(text).collect()
    }

    /// The entries of a map or object; those may be unknown.
    pub(crate) fn entries(&self, index: usize) -> Result<&BTreeMap<String, Value>, EvalError> {
        let value = self.known(index)?;
        value.entries().ok_or_else(|| {
            EvalError::Wrong(format!(
                "a map is needed, but argument {} is {}",
                index + 1,
                Type::of(value).name()
            ))
        })
    }
}

/// A value that is neither null nor unknown.
pub(crate) fn known(value: &Value) -> Result<&Value, EvalError> {
    match value {
        Value::Null => Err(EvalError::wrong("an argument must not be null")),
        Value::Unknown(unknown) => Err(EvalError::Unknown(unknown.links.clone())),
        value => Ok(value),
    }
}

/// A string.
pub(crate) fn text(value: &Value) -> Result<String, EvalError> {
    match convert(known(value)?.clone(), &Type::Text)? {
        Value::Text(text) => Ok(text),
        other => Err(EvalError::Unknown(other.links())),
    }
}

/// A number.
pub(crate) fn number(value: &Value) -> Result<Number, EvalError> {
    match convert(known(value)?.clone(), &Type::Number)? {
        Value::Number(number) => Ok(number),
        other => Err(EvalError::Unknown(other.links())),
    }
}

/// A value that is known in all its parts.
pub(crate) fn wholly(value: &Value) -> Result<&Value, EvalError> {
    if value.has_unknown() { Err(EvalError::Unknown(value.links())) } else { known(value) }
}
