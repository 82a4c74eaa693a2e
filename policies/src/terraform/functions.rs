//! Terraform's functions. See <https://developer.hashicorp.com/terraform/language/functions>.
//!
//! One file holds a family; each finds its functions by name. A function sees its [`Arguments`] and takes them with
//! the types it declares. Where it takes something unknown that it needs, its value is unknown, with the links of all
//! arguments; a function that can say more looks at [`Arguments::values`] itself.

mod arguments;
mod collection;
mod control;
mod conversion;
mod csv;
mod encoding;
mod file;
mod format;
mod hash;
mod json;
mod mapping;
mod network;
mod numeric;
mod provider;
mod regex;
mod sequence;
mod set;
mod text;
mod time;
mod yaml;

use hcl_edit::expr::FuncCall;

pub(crate) use self::arguments::Arguments;
use super::eval::{EvalError, Evaluator};
use super::value::Value;

/// A function: the least and most arguments, and what it does.
pub(super) struct Function {
    least: usize,
    most: usize,
    run: Run,
}

/// What a function does.
enum Run {
    /// Anything.
    With(fn(&Arguments<'_>) -> Result<Value, EvalError>),
    /// One string to another.
    Map(fn(&str) -> String),
    /// Two strings to one.
    Combine(fn(&str, &str) -> String),
    /// Whether something is true of two strings.
    Test(fn(&str, &str) -> bool),
}

impl Run {
    fn run(self, arguments: &Arguments<'_>) -> Result<Value, EvalError> {
        match self {
            Self::With(run) => run(arguments),
            Self::Map(run) => Ok(Value::Text(run(&arguments.text(0)?))),
            Self::Combine(run) => Ok(Value::Text(run(&arguments.text(0)?, &arguments.text(1)?))),
            Self::Test(run) => Ok(Value::Bool(run(&arguments.text(0)?, &arguments.text(1)?))),
        }
    }
}

/// Any number of arguments.
const MANY: usize = usize::MAX;

fn function(
    least: usize,
    most: usize,
    run: fn(&Arguments<'_>) -> Result<Value, EvalError>,
) -> Option<Function> {
    Some(Function { least, most, run: Run::With(run) })
}

/// A function from one string to another.
fn map(run: fn(&str) -> String) -> Option<Function> {
    Some(Function { least: 1, most: 1, run: Run::Map(run) })
}

/// A function from two strings to one.
fn combine(run: fn(&str, &str) -> String) -> Option<Function> {
    Some(Function { least: 2, most: 2, run: Run::Combine(run) })
}

/// A function that tells whether something is true of two strings.
fn test(run: fn(&str, &str) -> bool) -> Option<Function> {
    Some(Function { least: 2, most: 2, run: Run::Test(run) })
}

fn find(name: &str) -> Option<Function> {
    numeric::find(name)
        .or_else(|| text::find(name))
        .or_else(|| format::find(name))
        .or_else(|| regex::find(name))
        .or_else(|| collection::find(name))
        .or_else(|| sequence::find(name))
        .or_else(|| mapping::find(name))
        .or_else(|| set::find(name))
        .or_else(|| conversion::find(name))
        .or_else(|| encoding::find(name))
        .or_else(|| json::find(name))
        .or_else(|| yaml::find(name))
        .or_else(|| csv::find(name))
        .or_else(|| hash::find(name))
        .or_else(|| file::find(name))
        .or_else(|| time::find(name))
        .or_else(|| network::find(name))
}

/// The value of a call.
pub(super) fn call(evaluator: Evaluator<'_>, call: &FuncCall) -> Result<Value, EvalError> {
    let name = call.name.name.as_str();
    let namespace: Vec<&str> = call.name.namespace.iter().map(|part| part.as_str()).collect();
    let is_core = matches!(namespace.as_slice(), [] | ["core"]);
    match name {
        "try" if is_core => return control::first_that_works(evaluator, call),
        "can" if is_core => return control::works(evaluator, call),
        _ => {}
    }
    let arguments = match evaluate(evaluator, call)? {
        Ok(values) => Arguments { values, evaluator },
        Err(unknown) => return Ok(unknown),
    };
    let found = if is_core { find(name) } else { provider::find(&namespace, name) };
    let Some(function) = found else { return Ok(arguments.unknown()) };
    if !(function.least..=function.most).contains(&arguments.values.len()) {
        return Err(EvalError::Wrong(format!("{name} does not take {} arguments", arguments.values.len())));
    }
    match function.run.run(&arguments) {
        Err(EvalError::Unknown(_)) => Ok(arguments.unknown()),
        Err(EvalError::Wrong(message)) => Err(EvalError::Wrong(format!("{name}: {message}"))),
        other => other,
    }
}

/// The arguments, the last one spread if it ends in `...`; or an unknown value if it is not known how many there are.
fn evaluate(evaluator: Evaluator<'_>, call: &FuncCall) -> Result<Result<Vec<Value>, Value>, EvalError> {
    let mut values =
        call.args.iter().map(|argument| evaluator.expression(argument)).collect::<Result<Vec<_>, _>>()?;
    if !call.args.expand_final() {
        return Ok(Ok(values));
    }
    match values.pop() {
        Some(Value::Tuple(items) | Value::List(items)) => values.extend(items),
        Some(Value::Set(items)) if !items.iter().any(Value::has_unknown) => values.extend(items),
        Some(unknown @ (Value::Unknown(_) | Value::Set(_))) => {
            values.push(unknown);
            return Ok(Err(Arguments { values, evaluator }.unknown()));
        }
        _ => return Err(EvalError::wrong("only a list can be spread over the arguments of a function")),
    }
    Ok(Ok(values))
}
