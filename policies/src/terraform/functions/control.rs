//! `try` and `can`: whether an expression is an error.
//!
//! Only what Terraform itself would refuse is one. What is beyond the bounds here, or has something unknown in it that
//! may turn out to be an error, is unknown.

use hcl_edit::expr::FuncCall;

use crate::terraform::eval::{EvalError, Evaluator};
use crate::terraform::value::Value;

/// The first argument that is no error.
pub(super) fn first_that_works(evaluator: Evaluator<'_>, call: &FuncCall) -> Result<Value, EvalError> {
    for (index, argument) in call.args.iter().enumerate() {
        match evaluator.attempt(argument) {
            (Ok(value), true) if value.has_unknown() => {
                let rest = call.args.iter().skip(index + 1);
                let links = rest.filter_map(|other| Some(evaluator.attempt(other).0.ok()?.links()));
                let links = value.links().into_iter().chain(links.flatten()).collect();
                let is_last = index + 1 == call.args.len();
                return Ok(if is_last { value } else { Value::linked(links) });
            }
            (Ok(value), _) => return Ok(value),
            (Err(EvalError::Wrong(_)), false) => {}
            (Err(EvalError::Wrong(_)), true) => return Ok(Value::unknown()),
            (Err(error), _) => return Err(error),
        }
    }
    Err(EvalError::wrong("try: all arguments are errors"))
}

/// Whether the argument is no error.
pub(super) fn works(evaluator: Evaluator<'_>, call: &FuncCall) -> Result<Value, EvalError> {
    let argument = call.args.get(0).ok_or_else(|| EvalError::wrong("can needs an argument"))?;
    match evaluator.attempt(argument) {
        (Ok(value), true) if value.has_unknown() => Ok(Value::unknown()),
        (Ok(_), _) => Ok(Value::Bool(true)),
        (Err(EvalError::Wrong(_)), false) => Ok(Value::Bool(false)),
        (Err(EvalError::Wrong(_)), true) => Ok(Value::unknown()),
        (Err(error), _) => Err(error),
    }
}
