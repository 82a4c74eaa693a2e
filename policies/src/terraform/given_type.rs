//! Types of variables, and what a value becomes when it is given to one.
//! See <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};

use super::eval::evaluate;
use super::number::Number;
use super::value::Value;

/// A type constraint.
#[derive(Debug)]
pub(super) enum Type<'e> {
    /// `any`, no type, and what is no type.
    Any,
    Text,
    Number,
    Bool,
    List(Box<Type<'e>>),
    Set(Box<Type<'e>>),
    Map(Box<Type<'e>>),
    Tuple(Vec<Type<'e>>),
    Object(BTreeMap<String, Field<'e>>),
}

/// An attribute of an object type.
#[derive(Debug)]
pub(super) struct Field<'e> {
    kind: Type<'e>,
    is_optional: bool,
    default: Option<&'e Expression>,
}

impl<'e> Type<'e> {
    /// Reads the expression of a type.
    pub(super) fn read(expression: &'e Expression) -> Self {
        match expression {
            Expression::Variable(name) => Self::named(name.as_str()),
            // Terraform 0.11 wrote types as strings.
            Expression::String(name) => Self::named(name.as_str()),
            Expression::FuncCall(call) => Self::called(call),
            Expression::Parenthesis(inner) => Self::read(inner.inner()),
            _ => Self::Any,
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "string" => Self::Text,
            "number" => Self::Number,
            "bool" => Self::Bool,
            "list" => Self::List(Box::new(Self::Any)),
            "set" => Self::Set(Box::new(Self::Any)),
            "map" => Self::Map(Box::new(Self::Any)),
            _ => Self::Any,
        }
    }

    fn called(call: &'e FuncCall) -> Self {
        let argument = call.args.get(0);
        let element = || Box::new(argument.map_or(Self::Any, Self::read));
        match (call.name.name.as_str(), argument) {
            ("list", _) => Self::List(element()),
            ("set", _) => Self::Set(element()),
            ("map", _) => Self::Map(element()),
            ("optional", Some(inner)) => Self::read(inner),
            ("tuple", Some(Expression::Array(items))) => Self::Tuple(items.iter().map(Self::read).collect()),
            ("object", Some(Expression::Object(fields))) => {
                let fields = fields.iter().filter_map(|(key, value)| {
                    let name = match key {
                        ObjectKey::Ident(name) => name.to_string(),
                        ObjectKey::Expression(name) => name.as_str()?.to_owned(),
                    };
                    Some((name, Field::read(value.expr())))
                });
                Self::Object(fields.collect())
            }
            _ => Self::Any,
        }
    }

    /// What a value becomes; unknown if it does not fit.
    pub(super) fn convert(&self, value: Value) -> Value {
        if matches!(value, Value::Null | Value::Unknown(_)) {
            return value;
        }
        match self {
            Self::Any => value,
            Self::Text => text(value),
            Self::Number => number(value),
            Self::Bool => boolean(value),
            Self::List(element) => items(value, element).map_or_else(Value::unknown, Value::List),
            Self::Set(element) => items(value, element).map_or_else(Value::unknown, Value::set),
            Self::Map(element) => match value {
                Value::Map(entries) | Value::Object(entries) => {
                    let converted = entries.into_iter().map(|(key, value)| (key, element.convert(value)));
                    Value::Map(converted.collect())
                }
                _ => Value::unknown(),
            },
            Self::Tuple(kinds) => match value {
                Value::Tuple(items) | Value::List(items) if items.len() == kinds.len() => {
                    let pairs = kinds.iter().zip(items);
                    Value::Tuple(pairs.map(|(kind, item)| kind.convert(item)).collect())
                }
                _ => Value::unknown(),
            },
            Self::Object(fields) => match value {
                Value::Map(entries) | Value::Object(entries) => object(fields, entries),
                _ => Value::unknown(),
            },
        }
    }
}

impl<'e> Field<'e> {
    fn read(expression: &'e Expression) -> Self {
        match expression {
            Expression::FuncCall(call) if call.name.name.as_str() == "optional" => {
                let kind = call.args.get(0).map_or(Type::Any, Type::read);
                Self { kind, is_optional: true, default: call.args.get(1) }
            }
            _ => Self { kind: Type::read(expression), is_optional: false, default: None },
        }
    }

    fn value(&self, given: Option<Value>) -> Value {
        match (given, self.default) {
            (None | Some(Value::Null), Some(default)) => {
                self.kind.convert(evaluate(default, &super::variables::Nothing))
            }
            (Some(value), _) => self.kind.convert(value),
            (None, None) if self.is_optional => Value::Null,
            (None, None) => Value::unknown(),
        }
    }
}

fn object(fields: &BTreeMap<String, Field<'_>>, mut given: BTreeMap<String, Value>) -> Value {
    let converted = fields.iter().map(|(name, field)| (name.clone(), field.value(given.remove(name))));
    Value::Object(converted.collect())
}

fn items(value: Value, element: &Type<'_>) -> Option<Vec<Value>> {
    match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            Some(items.into_iter().map(|item| element.convert(item)).collect())
        }
        _ => None,
    }
}

fn text(value: Value) -> Value {
    match value {
        Value::Text(_) => value,
        Value::Bool(value) => Value::text(value.to_string()),
        Value::Number(value) => value.to_text().map_or_else(Value::unknown, Value::Text),
        _ => Value::unknown(),
    }
}

fn number(value: Value) -> Value {
    match value {
        Value::Number(_) => value,
        Value::Text(text) => Number::parse(&text).map_or_else(Value::unknown, Value::Number),
        _ => Value::unknown(),
    }
}

fn boolean(value: Value) -> Value {
    match value {
        Value::Bool(_) => value,
        Value::Text(text) => match text.as_str() {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => Value::unknown(),
        },
        _ => Value::unknown(),
    }
}
