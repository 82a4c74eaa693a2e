//! Defaults of variables: what Terraform makes of the literal and the type.

use hcl_edit::expr::{BinaryOperator, Expression, FuncCall, ObjectKey, UnaryOperator};
use serde_json::{Map, Value};

use super::convert::Converter;
use super::interpolation;
use super::term::{Term, number};

/// The default as references see it; none when there is none that can be told.
pub(super) fn read(
    converter: &Converter<'_>,
    default: &Expression,
    kind: Option<&Expression>,
) -> Option<Term> {
    let value = constant(converter, default)?;
    let kind = kind.and_then(Kind::read).unwrap_or(Kind::Any);
    let value = kind.convert(value)?;
    match native(value)? {
        Value::Null => None,
        value => Some(term(value)),
    }
}

/// Texts and lists are what they would be elsewhere; everything else is a default.
pub(super) fn term(value: Value) -> Term {
    match value {
        Value::String(text) => Term::Text(text),
        Value::Array(items) => Term::List(items.into_iter().map(term).collect()),
        other => Term::Default(other),
    }
}

/// As Terrascan turns it into its own values: an empty object is an error, which takes it out of what it is in.
fn native(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => Some(items.into_iter().filter_map(native).collect()),
        Value::Object(fields) if fields.is_empty() => None,
        Value::Object(fields) => Some(Value::Object(
            fields.into_iter().filter_map(|(key, item)| Some((key, native(item)?))).collect(),
        )),
        other => Some(other),
    }
}

/// The worth of an expression without references; parts of a list or object that have none are left out.
fn constant(converter: &Converter<'_>, expression: &Expression) -> Option<Value> {
    match expression {
        Expression::Null(_) => Some(Value::Null),
        Expression::Bool(value) => Some(Value::Bool(*value.value())),
        Expression::Number(value) => Some(number(value.value())),
        Expression::String(text) => Some(Value::String(text.value().clone())),
        Expression::StringTemplate(parts) => interpolation::literal(parts).map(Value::String),
        Expression::HeredocTemplate(heredoc) => interpolation::literal(&heredoc.template).map(Value::String),
        Expression::Parenthesis(inner) => constant(converter, inner.inner()),
        Expression::Array(items) => Some(items.iter().filter_map(|item| constant(converter, item)).collect()),
        Expression::Object(items) => {
            let pair = |(key, item): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
                Some((name(converter, key)?, constant(converter, item.expr())?))
            };
            Some(Value::Object(items.iter().filter_map(pair).collect()))
        }
        Expression::UnaryOp(operation) => {
            match (operation.operator.value(), constant(converter, &operation.expr)?) {
                (UnaryOperator::Neg, Value::Number(value)) => whole(-value.as_f64()?),
                (UnaryOperator::Not, Value::Bool(value)) => Some(Value::Bool(!value)),
                _ => None,
            }
        }
        Expression::BinaryOp(operation) => {
            let (left, right) =
                (constant(converter, &operation.lhs_expr)?, constant(converter, &operation.rhs_expr)?);
            arithmetic(operation.operator.value(), left.as_f64()?, right.as_f64()?)
        }
        _ => None,
    }
}

fn arithmetic(operator: &BinaryOperator, left: f64, right: f64) -> Option<Value> {
    match operator {
        BinaryOperator::Plus => whole(left + right),
        BinaryOperator::Minus => whole(left - right),
        BinaryOperator::Mul => whole(left * right),
        BinaryOperator::Div => whole(left / right),
        BinaryOperator::Mod => whole(left % right),
        _ => None,
    }
}

fn whole(value: f64) -> Option<Value> {
    hcl_edit::Number::from_f64(value).map(|value| number(&value))
}

fn name(converter: &Converter<'_>, key: &ObjectKey) -> Option<String> {
    match key {
        ObjectKey::Ident(name) => Some(converter.name(name)),
        ObjectKey::Expression(Expression::String(_)) => Some(converter.key(key)),
        ObjectKey::Expression(expression) => match constant(converter, expression)? {
            Value::String(name) => Some(name),
            other => text(other),
        },
    }
}

/// A type constraint, as far as it changes a default.
/// See <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.
enum Kind {
    Any,
    Text,
    Number,
    Bool,
    List(Box<Self>),
    Set(Box<Self>),
    Map(Box<Self>),
    Tuple(Vec<Self>),
    Object(Vec<Attribute>),
}

/// An attribute of an object type.
struct Attribute {
    name: String,
    kind: Kind,
    optional: bool,
}

impl Kind {
    /// The type; none for what Terraform 0.15 does not take for one, such as a type in quotes.
    fn read(expression: &Expression) -> Option<Self> {
        match expression {
            Expression::Variable(name) if name.as_str() == "list" => Some(Self::List(Box::new(Self::Any))),
            Expression::Variable(name) if name.as_str() == "map" => Some(Self::Map(Box::new(Self::Any))),
            other => Self::inner(other),
        }
    }

    fn inner(expression: &Expression) -> Option<Self> {
        match expression {
            Expression::Variable(name) => match name.as_str() {
                "any" => Some(Self::Any),
                "string" => Some(Self::Text),
                "number" => Some(Self::Number),
                "bool" => Some(Self::Bool),
                _ => None,
            },
            Expression::FuncCall(call) => Self::of(call),
            _ => None,
        }
    }

    fn of(call: &FuncCall) -> Option<Self> {
        let argument = sole_argument(call)?;
        match call.name.name.as_str() {
            "list" => Some(Self::List(Box::new(Self::inner(argument)?))),
            "set" => Some(Self::Set(Box::new(Self::inner(argument)?))),
            "map" => Some(Self::Map(Box::new(Self::inner(argument)?))),
            "tuple" => {
                Some(Self::Tuple(argument.as_array()?.iter().map(Self::inner).collect::<Option<_>>()?))
            }
            "object" => {
                Some(Self::Object(argument.as_object()?.iter().map(Attribute::read).collect::<Option<_>>()?))
            }
            _ => None,
        }
    }

    /// The value in this type; none when it has no such form.
    fn convert(&self, value: Value) -> Option<Value> {
        match (self, value) {
            (Self::Any, value) | (_, value @ Value::Null) => Some(value),
            (Self::Text, value) => text(value).map(Value::String),
            (Self::Number, value @ Value::Number(_)) | (Self::Bool, value @ Value::Bool(_)) => Some(value),
            (Self::Number, Value::String(text)) => whole(text.parse().ok()?),
            (Self::Bool, Value::String(text)) => match text.as_str() {
                "true" | "1" => Some(Value::Bool(true)),
                "false" | "0" => Some(Value::Bool(false)),
                _ => None,
            },
            (Self::List(inner), Value::Array(items)) => inner.convert_all(items).map(Value::Array),
            (Self::Set(inner), Value::Array(items)) => inner.convert_all(items).map(distinct),
            (Self::Map(inner), Value::Object(fields)) => {
                let (names, items): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
                Some(Value::Object(names.into_iter().zip(inner.convert_all(items)?).collect()))
            }
            (Self::Tuple(kinds), Value::Array(items)) if kinds.len() == items.len() => kinds
                .iter()
                .zip(items)
                .map(|(kind, item)| kind.convert(item))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array),
            (Self::Object(kinds), Value::Object(mut fields)) => {
                let pair =
                    |attribute: &Attribute| Some((attribute.name.clone(), attribute.convert(&mut fields)?));
                Some(Value::Object(kinds.iter().map(pair).collect::<Option<Map<_, _>>>()?))
            }
            _ => None,
        }
    }

    /// All elements in one type: of different ones, text if one is.
    fn convert_all(&self, items: Vec<Value>) -> Option<Vec<Value>> {
        let mixed = matches!(self, Self::Any)
            && items.iter().any(Value::is_string)
            && items.iter().any(|item| item.is_number() || item.is_boolean());
        let kind = if mixed { &Self::Text } else { self };
        items.into_iter().map(|item| kind.convert(item)).collect()
    }
}

impl Attribute {
    fn read((key, item): (&ObjectKey, &hcl_edit::expr::ObjectValue)) -> Option<Self> {
        let name = key.as_ident()?.to_string();
        match item.expr() {
            Expression::FuncCall(call) if call.name.name.as_str() == "optional" => {
                Some(Self { name, kind: Kind::inner(sole_argument(call)?)?, optional: true })
            }
            other => Some(Self { name, kind: Kind::inner(other)?, optional: false }),
        }
    }

    /// Takes the attribute out of an object.
    fn convert(&self, fields: &mut Map<String, Value>) -> Option<Value> {
        match fields.remove(&self.name) {
            Some(value) => self.kind.convert(value),
            None => self.optional.then_some(Value::Null),
        }
    }
}

fn sole_argument(call: &FuncCall) -> Option<&Expression> {
    let mut arguments = call.args.iter();
    arguments.next().filter(|_| arguments.next().is_none())
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A set: texts in order, each once.
fn distinct(mut items: Vec<Value>) -> Value {
    if items.iter().all(Value::is_string) {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        if kept.last() != Some(&item) {
            kept.push(item);
        }
    }
    Value::Array(kept)
}
