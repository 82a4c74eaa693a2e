//! Terraform's types, and how it converts values from one to another.
//! See <https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion> and
//! <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.

mod constraint;
mod unify;

use std::collections::BTreeMap;

pub(crate) use self::constraint::parse as parse_constraint;
pub(crate) use self::unify::unify;
use super::eval::EvalError;
use super::number::Number;
use super::value::Value;

/// A type, or the constraint of a variable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// `any`; also the type of `null`, of what is unknown and of the elements of an empty collection.
    Any,
    Bool,
    Number,
    Text,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Object(BTreeMap<String, Attribute>),
}

/// An attribute of an object type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) kind: Type,
    /// `optional(...)`: it may be left out.
    pub(crate) optional: bool,
    /// What it is when it is left out or null.
    pub(crate) default: Option<Value>,
}

impl From<Type> for Attribute {
    fn from(kind: Type) -> Self {
        Self { kind, optional: false, default: None }
    }
}

impl Type {
    /// The type of a value.
    pub(crate) fn of(value: &Value) -> Self {
        let element = |items: &mut dyn Iterator<Item = &Value>| Box::new(common(&mut items.map(Self::of)));
        match value {
            Value::Null | Value::Unknown(_) => Self::Any,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::Text(_) => Self::Text,
            Value::List(items) => Self::List(element(&mut items.iter())),
            Value::Set(items) => Self::Set(element(&mut items.iter())),
            Value::Map(entries) => Self::Map(element(&mut entries.values())),
            Value::Tuple(items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Value::Object(entries) => {
                let attribute = |(name, value): (&String, &Value)| (name.clone(), Self::of(value).into());
                Self::Object(entries.iter().map(attribute).collect())
            }
        }
    }

    /// As a person would call it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Any => "a value of any type",
            Self::Bool => "a bool",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List(_) => "a list",
            Self::Set(_) => "a set",
            Self::Map(_) => "a map",
            Self::Tuple(_) => "a tuple",
            Self::Object(_) => "an object",
        }
    }
}

/// The type of elements that have one type already; the first one that says more than `any`.
fn common(types: &mut dyn Iterator<Item = Type>) -> Type {
    types.fold(Type::Any, |found, next| if found == Type::Any { next } else { found })
}

/// Converts a value as Terraform does. What is unknown stays so, and so does `null`.
///
/// # Errors
/// [`EvalError::Wrong`] if Terraform would refuse.
pub(crate) fn convert(value: Value, to: &Type) -> Result<Value, EvalError> {
    match (to, value) {
        (Type::Any, value) => Ok(value),
        (_, value @ (Value::Null | Value::Unknown(_))) => Ok(value),
        (Type::List(_) | Type::Tuple(_), value) if value.is_open() => Ok(value),
        (Type::Text, value) => to_text(value),
        (Type::Number, value) => to_number(value),
        (Type::Bool, value) => to_bool(value),
        (Type::List(element), value) => {
            let (items, element) = elements(value, element, to)?;
            Ok(Value::List(each(items, &element)?))
        }
        (Type::Set(element), value) => {
            let (items, element) = elements(value, element, to)?;
            Ok(Value::set(each(items, &element)?))
        }
        (Type::Map(element), Value::Object(entries) | Value::Map(entries)) => to_map(entries, element),
        (Type::Tuple(types), value) => to_tuple(value, types),
        (Type::Object(attributes), Value::Object(entries) | Value::Map(entries)) => {
            to_object(entries, attributes)
        }
        (_, value) => Err(mismatch(&value, to)),
    }
}

fn mismatch(value: &Value, to: &Type) -> EvalError {
    EvalError::wrong(format!("{} is needed, but this is {}", to.name(), Type::of(value).name()))
}

fn to_text(value: Value) -> Result<Value, EvalError> {
    match value {
        Value::Text(_) => Ok(value),
        Value::Bool(value) => Ok(Value::text(value.to_string())),
        Value::Number(number) => number
            .to_text()
            .map(Value::Text)
            .ok_or_else(|| EvalError::Limit("the digits of this number have no end".into())),
        other => Err(mismatch(&other, &Type::Text)),
    }
}

fn to_number(value: Value) -> Result<Value, EvalError> {
    match value {
        Value::Number(_) => Ok(value),
        Value::Text(text) => match Number::parse(&text) {
            Some(number) => Ok(Value::Number(number)),
            None if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                Err(EvalError::Limit(format!("{text:?} has more digits than can be counted with")))
            }
            None => Err(EvalError::wrong(format!("a number is needed, but this is {text:?}"))),
        },
        other => Err(mismatch(&other, &Type::Number)),
    }
}

fn to_bool(value: Value) -> Result<Value, EvalError> {
    match value {
        Value::Bool(_) => Ok(value),
        Value::Text(text) if text == "true" || text == "1" => Ok(Value::Bool(true)),
        Value::Text(text) if text == "false" || text == "0" => Ok(Value::Bool(false)),
        other => Err(mismatch(&other, &Type::Bool)),
    }
}

/// The elements of a sequence and the type that they shall have; `any` becomes what they have in common.
fn elements(value: Value, element: &Type, to: &Type) -> Result<(Vec<Value>, Type), EvalError> {
    let (items, is_tuple) = match value {
        Value::Tuple(items) => (items, true),
        Value::List(items) | Value::Set(items) => (items, false),
        other => return Err(mismatch(&other, to)),
    };
    let element = match element {
        Type::Any if is_tuple => shared(items.iter())?,
        other => other.clone(),
    };
    Ok((items, element))
}

/// The one type that these values can have.
fn shared<'a>(values: impl Iterator<Item = &'a Value>) -> Result<Type, EvalError> {
    let values: Vec<&Value> = values.collect();
    let types: Vec<Type> = values.iter().copied().map(Type::of).collect();
    let is_scalar = |kind: &Type| matches!(kind, Type::Any | Type::Bool | Type::Number | Type::Text);
    if values.contains(&&Value::Null) && !types.iter().all(is_scalar) {
        return Err(EvalError::wrong("null has no type that fits with the other elements"));
    }
    unify(&types).ok_or_else(|| EvalError::wrong("all elements must have the same type"))
}

fn each(items: Vec<Value>, element: &Type) -> Result<Vec<Value>, EvalError> {
    items.into_iter().map(|item| convert(item, element)).collect()
}

fn to_map(entries: BTreeMap<String, Value>, element: &Type) -> Result<Value, EvalError> {
    let element = match element {
        Type::Any => shared(entries.values())?,
        other => other.clone(),
    };
    let convert_entry = |(key, value)| Ok((key, convert(value, &element)?));
    entries.into_iter().map(convert_entry).collect::<Result<_, EvalError>>().map(Value::Map)
}

fn to_tuple(value: Value, types: &[Type]) -> Result<Value, EvalError> {
    match value {
        Value::Tuple(items) if items.len() == types.len() => {
            let items = items.into_iter().zip(types).map(|(item, kind)| convert(item, kind));
            items.collect::<Result<_, _>>().map(Value::Tuple)
        }
        other => Err(EvalError::wrong(format!(
            "a tuple of {} elements is needed, but this is {}",
            types.len(),
            Type::of(&other).name()
        ))),
    }
}

fn to_object(
    mut entries: BTreeMap<String, Value>,
    attributes: &BTreeMap<String, Attribute>,
) -> Result<Value, EvalError> {
    let mut converted = BTreeMap::new();
    for (name, attribute) in attributes {
        let value = match (entries.remove(name), &attribute.default) {
            (None | Some(Value::Null), Some(default)) => default.clone(),
            (Some(value), _) => value,
            (None, None) if attribute.optional => Value::Null,
            (None, None) => return Err(EvalError::wrong(format!("attribute {name:?} is required"))),
        };
        converted.insert(name.clone(), convert(value, &attribute.kind)?);
    }
    Ok(Value::Object(converted))
}
