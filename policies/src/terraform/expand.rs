//! How often a block is there: `count`, `for_each`, and the same of `dynamic` blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hcl_edit::expr::Expression;

use super::eval::evaluate;
use super::number::Number;
use super::scope::Frame;
use super::syntax::Body;
use super::value::Value;

/// The repetitions of a resource, a module or a block.
#[derive(Debug)]
pub(super) struct Expansion {
    pub(super) shape: Shape,
    pub(super) iterations: Vec<Iteration>,
}

/// What decides over the repetitions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Nothing: it is there once.
    Single,
    /// `count`.
    Count,
    /// `for_each`.
    Each,
    /// Something that is unknown, and comes from these resources. One iteration stands for all.
    Open(BTreeSet<String>),
}

/// One repetition.
#[derive(Clone, Debug)]
pub(super) struct Iteration {
    pub(super) key: Key,
    /// What `each`, `count` or the iterator of a `dynamic` block is.
    pub(super) names: Rc<[(String, Value)]>,
}

/// The key behind an address.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    None,
    Index(usize),
    Name(String),
}

impl Key {
    /// As it stands behind an address: nothing, `[0]` or `["name"]`.
    pub(super) fn suffix(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Index(index) => format!("[{index}]"),
            Self::Name(name) => format!("[\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\"")),
        }
    }
}

impl Expansion {
    pub(super) fn single() -> Self {
        Self { shape: Shape::Single, iterations: vec![Iteration::new(Key::None, "", Value::Null)] }
    }

    /// One repetition for all, since what decides is this unknown value.
    pub(super) fn open(value: &Value) -> Self {
        let links = value.links();
        let unknown = || Value::linked(links.clone());
        let names = [
            ("each".to_owned(), object([("key", unknown()), ("value", unknown())])),
            ("count".to_owned(), object([("index", unknown())])),
        ];
        let iterations = vec![Iteration { key: Key::None, names: Rc::new(names) }];
        Self { shape: Shape::Open(links), iterations }
    }

    /// How often a resource or module with this body is there.
    pub(super) fn of(body: &Body, frame: &Frame<'_>) -> Self {
        match (body.attribute("count"), body.attribute("for_each")) {
            (Some(count), _) => counted(&evaluate(count, frame), frame),
            (None, Some(each)) => Self::each(&evaluate(each, frame), frame),
            (None, None) => Self::single(),
        }
    }

    fn each(value: &Value, frame: &Frame<'_>) -> Self {
        let pairs: Option<Vec<(String, Value)>> = match value {
            Value::Map(entries) | Value::Object(entries) => Some(entries.clone().into_iter().collect()),
            // Terraform refuses a list, but what it would mean is plain.
            Value::Set(items) | Value::List(items) | Value::Tuple(items) => {
                items.iter().map(|item| Some((item.as_text()?.to_owned(), item.clone()))).collect()
            }
            _ => None,
        };
        match pairs {
            Some(pairs) if frame.world.allow(pairs.len()) => Self {
                shape: Shape::Each,
                iterations: pairs.into_iter().map(|(key, value)| Iteration::each(key, value)).collect(),
            },
            _ => Self::open(value),
        }
    }

    /// The repetitions of a `dynamic` block over a value, with the name of its iterator.
    pub(super) fn dynamic(each: &Expression, iterator: &str, frame: &Frame<'_>) -> Self {
        let value = frame.world.kept_of(|| evaluate(each, frame));
        let pairs: Option<Vec<(Value, Value)>> = match &value {
            Value::Map(entries) | Value::Object(entries) => {
                Some(entries.iter().map(|(key, value)| (Value::text(key), value.clone())).collect())
            }
            Value::Set(items) => Some(items.iter().map(|item| (item.clone(), item.clone())).collect()),
            Value::List(items) | Value::Tuple(items) => {
                Some(items.iter().enumerate().map(|(index, item)| (number(index), item.clone())).collect())
            }
            Value::Null => Some(Vec::new()),
            _ => None,
        };
        let bound = |(key, value): (Value, Value)| {
            Iteration::new(Key::None, iterator, object([("key", key), ("value", value)]))
        };
        match pairs {
            Some(pairs) if frame.world.allow_blocks(pairs.len()) => {
                Self { shape: Shape::Each, iterations: pairs.into_iter().map(bound).collect() }
            }
            _ => {
                let links = value.links();
                let unknown = (Value::linked(links.clone()), Value::linked(links.clone()));
                Self { shape: Shape::Open(links), iterations: vec![bound(unknown)] }
            }
        }
    }
}

impl Iteration {
    fn new(key: Key, name: &str, value: Value) -> Self {
        Self { key, names: Rc::new([(name.to_owned(), value)]) }
    }

    fn each(key: String, value: Value) -> Self {
        let each = object([("key", Value::text(&key)), ("value", value)]);
        Self::new(Key::Name(key), "each", each)
    }
}

fn counted(value: &Value, frame: &Frame<'_>) -> Expansion {
    let count = match value {
        Value::Number(count) => count.as_usize(),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    };
    let Some(count) = count.filter(|count| frame.world.allow(*count)) else { return Expansion::open(value) };
    let iteration =
        |index: usize| Iteration::new(Key::Index(index), "count", object([("index", number(index))]));
    Expansion { shape: Shape::Count, iterations: (0..count).map(iteration).collect() }
}

fn number(index: usize) -> Value {
    Number::parse(&index.to_string()).map_or_else(Value::unknown, Value::Number)
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<BTreeMap<_, _>>())
}
