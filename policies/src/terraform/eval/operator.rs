//! Arithmetic, comparison and logic.
//! See <https://developer.hashicorp.com/terraform/language/expressions/operators>.

use std::collections::BTreeMap;

use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};

use super::{EvalError, Evaluator};
use crate::terraform::number::Number;
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

impl Evaluator<'_> {
    pub(super) fn unary(self, operation: &UnaryOp) -> Result<Value, EvalError> {
        let value = self.expression(&operation.expr)?;
        let result = match operation.operator.value() {
            UnaryOperator::Neg => number(value).and_then(|number| fits(number.negate())),
            UnaryOperator::Not => truth(value).map(|truth| Value::Bool(!truth)),
        };
        self.settled(result)
    }

    pub(super) fn binary(self, operation: &BinaryOp) -> Result<Value, EvalError> {
        let left = self.expression(&operation.lhs_expr)?;
        let right = self.expression(&operation.rhs_expr)?;
        let links = || left.links().into_iter().chain(right.links()).collect();
        let result = match operation.operator.value() {
            BinaryOperator::Eq => equality(&left, &right),
            BinaryOperator::NotEq => equality(&left, &right).map(|equal| equal.map(|equal| !equal)),
            BinaryOperator::And => logic(left.clone(), right.clone(), false),
            BinaryOperator::Or => logic(left.clone(), right.clone(), true),
            operator => {
                let result = calculate(*operator, left.clone(), right.clone());
                return self.settled(match result {
                    Err(EvalError::Unknown(_)) => Err(EvalError::Unknown(links())),
                    other => other,
                });
            }
        };
        match result? {
            Some(truth) => Ok(Value::Bool(truth)),
            None => self.settled(Err(EvalError::Unknown(links()))),
        }
    }
}

/// A number that fits.
pub(crate) fn fits(number: Option<Number>) -> Result<Value, EvalError> {
    number.map(Value::Number).ok_or_else(|| EvalError::Limit("the number has too many digits".into()))
}

fn number(value: Value) -> Result<Number, EvalError> {
    match convert(value, &Type::Number)? {
        Value::Number(number) => Ok(number),
        Value::Null => Err(EvalError::wrong("a number is needed, but this is null")),
        other => Err(EvalError::Unknown(other.links())),
    }
}

fn truth(value: Value) -> Result<bool, EvalError> {
    match convert(value, &Type::Bool)? {
        Value::Bool(truth) => Ok(truth),
        Value::Null => Err(EvalError::wrong("a bool is needed, but this is null")),
        other => Err(EvalError::Unknown(other.links())),
    }
}

/// `&&` and `||`: one side that decides is enough, even if the other is not known.
fn logic(left: Value, right: Value, decides: bool) -> Result<Option<bool>, EvalError> {
    let optional = |value| match truth(value) {
        Ok(truth) => Ok(Some(truth)),
        Err(EvalError::Unknown(_)) => Ok(None),
        Err(error) => Err(error),
    };
    Ok(match (optional(left)?, optional(right)?) {
        (Some(left), Some(right)) => Some(if decides { left || right } else { left && right }),
        (Some(one), None) | (None, Some(one)) if one == decides => Some(decides),
        _ => None,
    })
}

fn calculate(operator: BinaryOperator, left: Value, right: Value) -> Result<Value, EvalError> {
    let (left, right) = match (number(left), number(right)) {
        // An error on one side is one, whatever the other turns out to be.
        (Err(EvalError::Unknown(_)), Err(error)) => return Err(error),
        (left, right) => (left?, right?),
    };
    match operator {
        BinaryOperator::Plus => fits(left.add(right)),
        BinaryOperator::Minus => fits(left.subtract(right)),
        BinaryOperator::Mul => fits(left.multiply(right)),
        BinaryOperator::Div if right == Number::ZERO => Err(EvalError::wrong("division by zero")),
        // As measured, though no one would expect it.
        BinaryOperator::Mod if right == Number::ZERO => Ok(Value::Number(left)),
        BinaryOperator::Div => fits(left.divide(right)),
        BinaryOperator::Mod => fits(left.remainder(right)),
        BinaryOperator::Less => Ok(Value::Bool(left < right)),
        BinaryOperator::LessEq => Ok(Value::Bool(left <= right)),
        BinaryOperator::Greater => Ok(Value::Bool(left > right)),
        BinaryOperator::GreaterEq => Ok(Value::Bool(left >= right)),
        _ => Err(EvalError::Limit("this operator is not known".into())),
    }
}

fn equality(left: &Value, right: &Value) -> Result<Option<bool>, EvalError> {
    Ok(equal(left, right))
}

/// Whether two values are the same, types included; none if it cannot be told.
pub(crate) fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
        (Value::List(left), Value::List(right)) if left.is_empty() && right.is_empty() => Some(true),
        (Value::Tuple(left), Value::Tuple(right)) | (Value::List(left), Value::List(right)) => {
            if left.len() == right.len() {
                all(left.iter().zip(right).map(|(left, right)| equal(left, right)))
            } else {
                Some(false)
            }
        }
        (Value::Set(a), Value::Set(b)) if left.has_unknown() || right.has_unknown() => {
            (a.is_empty() != b.is_empty()).then_some(false)
        }
        (Value::Object(left), Value::Object(right)) | (Value::Map(left), Value::Map(right)) => {
            entries_equal(left, right)
        }
        (left, right) => Some(left == right),
    }
}

fn entries_equal(left: &BTreeMap<String, Value>, right: &BTreeMap<String, Value>) -> Option<bool> {
    if !left.keys().eq(right.keys()) {
        return Some(false);
    }
    all(left.values().zip(right.values()).map(|(left, right)| equal(left, right)))
}

/// One that is false decides; else all must be known.
fn all(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    parts
        .try_fold(Some(true), |sum, part| match (sum, part) {
            (_, Some(false)) => Err(()),
            (Some(true), Some(true)) => Ok(Some(true)),
            _ => Ok(None),
        })
        .unwrap_or(Some(false))
}
