//! The functions that expressions may call: a few of Terraform's, with
//! [its names and order of arguments](https://developer.hashicorp.com/terraform/language/functions).
#![expect(clippy::needless_pass_by_value, reason = "the signature is given by `hcl::eval::Func`")]

use hcl::Value;
use hcl::eval::{Context, Func, FuncArgs, FuncDef, ParamType};
use std::ops::RangeInclusive;

/// The most bytes or items that a function returns.
const MAX_RESULT: usize = 64 * 1024;

struct Function {
    name: &'static str,
    parameters: fn() -> Vec<ParamType>,
    /// Whether the last parameter may come any number of times.
    variadic: bool,
    call: Func,
}

const FUNCTIONS: &[Function] = &[
    Function { name: "concat", parameters: || vec![list()], variadic: true, call: concat },
    Function {
        name: "contains",
        parameters: || vec![list(), ParamType::Any],
        variadic: false,
        call: contains,
    },
    Function { name: "join", parameters: || vec![ParamType::String, list()], variadic: false, call: join },
    Function { name: "length", parameters: || vec![ParamType::Any], variadic: false, call: length },
    Function {
        name: "lookup",
        parameters: || vec![object(), ParamType::String, ParamType::Any],
        variadic: false,
        call: lookup,
    },
    Function { name: "lower", parameters: || vec![ParamType::String], variadic: false, call: lower },
    Function { name: "merge", parameters: || vec![object()], variadic: true, call: merge },
    Function {
        name: "replace",
        parameters: || vec![ParamType::String, ParamType::String, ParamType::String],
        variadic: false,
        call: replace,
    },
    Function {
        name: "split",
        parameters: || vec![ParamType::String, ParamType::String],
        variadic: false,
        call: split,
    },
    Function { name: "upper", parameters: || vec![ParamType::String], variadic: false, call: upper },
];

fn list() -> ParamType {
    ParamType::array_of(ParamType::Any)
}

fn object() -> ParamType {
    ParamType::object_of(ParamType::Any)
}

/// The names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

/// How many arguments a function takes; `None` if there is no such function.
pub(super) fn arity(name: &str) -> Option<RangeInclusive<usize>> {
    let function = FUNCTIONS.iter().find(|function| function.name == name)?;
    let least = (function.parameters)().len();
    Some(if function.variadic { least..=usize::MAX } else { least..=least })
}

/// Makes the functions known to an evaluation.
pub(super) fn declare(context: &mut Context<'_>) {
    for function in FUNCTIONS {
        let mut parameters = (function.parameters)();
        let mut definition = FuncDef::builder();
        if function.variadic
            && let Some(last) = parameters.pop()
        {
            definition = definition.variadic_param(last);
        }
        context.declare_func(function.name, definition.params(parameters).build(function.call));
    }
}

fn text(arguments: &FuncArgs, index: usize) -> &str {
    arguments.get(index).and_then(Value::as_str).unwrap_or_default()
}

fn items(arguments: &FuncArgs, index: usize) -> &[Value] {
    arguments.get(index).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn bounded(size: usize, value: Value) -> Result<Value, String> {
    if size > MAX_RESULT { Err(format!("the result is larger than {MAX_RESULT}")) } else { Ok(value) }
}

fn concat(arguments: FuncArgs) -> Result<Value, String> {
    let all: Vec<Value> = arguments.iter().filter_map(Value::as_array).flatten().cloned().collect();
    bounded(all.len(), Value::Array(all))
}

fn contains(arguments: FuncArgs) -> Result<Value, String> {
    let wanted = arguments.get(1);
    Ok(items(&arguments, 0).iter().any(|item| Some(item) == wanted).into())
}

fn join(arguments: FuncArgs) -> Result<Value, String> {
    let parts: Option<Vec<String>> = items(&arguments, 1).iter().map(plain).collect();
    let parts = parts.ok_or("a list to join has strings, numbers and booleans")?;
    let joined = parts.join(text(&arguments, 0));
    bounded(joined.len(), joined.into())
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn length(arguments: FuncArgs) -> Result<Value, String> {
    match arguments.first() {
        Some(Value::String(text)) => Ok(text.chars().count().into()),
        Some(Value::Array(items)) => Ok(items.len().into()),
        Some(Value::Object(object)) => Ok(object.len().into()),
        _ => Err("only strings, lists and objects have a length".to_owned()),
    }
}

fn lookup(arguments: FuncArgs) -> Result<Value, String> {
    let object = arguments.first().and_then(Value::as_object);
    let found = object.and_then(|object| object.get(text(&arguments, 1)));
    Ok(found.or(arguments.get(2)).cloned().unwrap_or(Value::Null))
}

fn lower(arguments: FuncArgs) -> Result<Value, String> {
    Ok(text(&arguments, 0).to_lowercase().into())
}

fn merge(arguments: FuncArgs) -> Result<Value, String> {
    let mut merged = hcl::Map::new();
    for object in arguments.iter().filter_map(Value::as_object) {
        merged.extend(object.clone());
    }
    bounded(merged.len(), Value::Object(merged))
}

fn replace(arguments: FuncArgs) -> Result<Value, String> {
    let (from, to) = (text(&arguments, 1), text(&arguments, 2));
    if from.is_empty() {
        return Err("the text to replace is empty".to_owned());
    }
    let replaced = text(&arguments, 0).replace(from, to);
    bounded(replaced.len(), replaced.into())
}

fn split(arguments: FuncArgs) -> Result<Value, String> {
    if text(&arguments, 0).is_empty() {
        return Err("the separator is empty".to_owned());
    }
    let parts: Vec<Value> = text(&arguments, 1).split(text(&arguments, 0)).map(Value::from).collect();
    bounded(parts.len(), Value::Array(parts))
}

fn upper(arguments: FuncArgs) -> Result<Value, String> {
    Ok(text(&arguments, 0).to_uppercase().into())
}
