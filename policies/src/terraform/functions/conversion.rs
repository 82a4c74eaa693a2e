//! Functions that change a value's type or what is noted about it.
//! See <https://developer.hashicorp.com/terraform/language/functions/tobool> and its neighbours.

use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "tobool" => function(1, 1, |arguments| to(arguments, &Type::Bool)),
        "tonumber" => function(1, 1, |arguments| to(arguments, &Type::Number)),
        "tostring" => function(1, 1, |arguments| to(arguments, &Type::Text)),
        "tolist" => function(1, 1, |arguments| to(arguments, &Type::List(Box::new(Type::Any)))),
        "toset" => function(1, 1, |arguments| to(arguments, &Type::Set(Box::new(Type::Any)))),
        "tomap" => function(1, 1, |arguments| to(arguments, &Type::Map(Box::new(Type::Any)))),
        "sensitive" | "nonsensitive" => function(1, 1, |arguments| arguments.get(0).cloned()),
        // Whether a value is sensitive or ephemeral is not kept.
        "issensitive" | "ephemeralasnull" => function(1, 1, |arguments| Ok(arguments.unknown())),
        _ => None,
    }
}

fn to(arguments: &Arguments<'_>, kind: &Type) -> Result<Value, EvalError> {
    convert(arguments.get(0)?.clone(), kind)
}
