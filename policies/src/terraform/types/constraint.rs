//! Type constraints as written: `list(object({ name = string, port = optional(number, 80) }))`.

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};

use super::{Attribute, Type};
use crate::terraform::eval::{self, EvalError, Scope, limits};

/// Deeper constraints are refused.
const MAX_DEPTH: usize = 40;

/// Reads a type constraint; the scope is asked for the defaults of `optional` alone.
///
/// # Errors
/// [`EvalError::Wrong`] if it is none.
pub(crate) fn parse(expression: &Expression, scope: &dyn Scope) -> Result<Type, EvalError> {
    constraint(expression, scope, 0)
}

fn constraint(expression: &Expression, scope: &dyn Scope, depth: usize) -> Result<Type, EvalError> {
    if depth > MAX_DEPTH {
        return Err(limits::passed(format!("types that nest deeper than {MAX_DEPTH} levels")));
    }
    match expression {
        Expression::Parenthesis(inner) => constraint(inner.inner(), scope, depth + 1),
        Expression::Variable(name) => keyword(name.as_str()),
        // The quoted form of old: `type = "string"`.
        Expression::String(name) => keyword(name.as_str()),
        Expression::FuncCall(call) => constructor(call, scope, depth),
        _ => Err(EvalError::wrong("this is no type")),
    }
}

fn keyword(name: &str) -> Result<Type, EvalError> {
    match name {
        "any" => Ok(Type::Any),
        "bool" => Ok(Type::Bool),
        "number" => Ok(Type::Number),
        "string" => Ok(Type::Text),
        "list" => Ok(Type::List(Box::new(Type::Any))),
        "set" => Ok(Type::Set(Box::new(Type::Any))),
        "map" => Ok(Type::Map(Box::new(Type::Any))),
        other => Err(EvalError::wrong(format!("there is no type {other:?}"))),
    }
}

fn constructor(call: &FuncCall, scope: &dyn Scope, depth: usize) -> Result<Type, EvalError> {
    let argument = call.args.get(0).ok_or_else(|| EvalError::wrong("the type needs an argument"))?;
    let inner = |expression| constraint(expression, scope, depth + 1);
    match call.name.name.as_str() {
        "list" => Ok(Type::List(Box::new(inner(argument)?))),
        "set" => Ok(Type::Set(Box::new(inner(argument)?))),
        "map" => Ok(Type::Map(Box::new(inner(argument)?))),
        "tuple" => {
            let types = argument.as_array().ok_or_else(|| EvalError::wrong("tuple needs a list of types"))?;
            types.iter().map(inner).collect::<Result<_, _>>().map(Type::Tuple)
        }
        "object" => object(argument, scope, depth),
        other => Err(EvalError::wrong(format!("there is no type {other:?}"))),
    }
}

fn object(argument: &Expression, scope: &dyn Scope, depth: usize) -> Result<Type, EvalError> {
    let object = argument.as_object().ok_or_else(|| EvalError::wrong("object needs its attributes"))?;
    let attribute = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
        let name = match key {
            ObjectKey::Ident(name) => name.as_str().to_owned(),
            ObjectKey::Expression(Expression::Variable(name)) => name.as_str().to_owned(),
            ObjectKey::Expression(Expression::String(name)) => name.as_str().to_owned(),
            ObjectKey::Expression(_) => return Err(EvalError::wrong("an attribute needs a name")),
        };
        Ok((name, optional(value.expr(), scope, depth)?))
    };
    object.iter().map(attribute).collect::<Result<_, _>>().map(Type::Object)
}

fn optional(expression: &Expression, scope: &dyn Scope, depth: usize) -> Result<Attribute, EvalError> {
    let call = match expression {
        Expression::FuncCall(call) if call.name.name.as_str() == "optional" => call,
        other => return Ok(constraint(other, scope, depth + 1)?.into()),
    };
    let kind = call.args.get(0).ok_or_else(|| EvalError::wrong("optional needs a type"))?;
    let kind = constraint(kind, scope, depth + 1)?;
    let default = call.args.get(1).map(|default| eval::evaluate(default, scope));
    Ok(Attribute { kind, optional: true, default })
}
