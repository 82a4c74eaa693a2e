//! Values as the provider has them: CloudFormation takes `"22"` for `22`, `"true"` for `true` and one for a list of one.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::marker;

/// Attributes by the shape that they have wherever the provider has them.
static SHAPES: LazyLock<HashMap<&str, Shape>> = LazyLock::new(|| shapes(include_str!("table/shapes.txt")));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Number,
    Text,
    List,
    Block,
}

fn shapes(text: &'static str) -> HashMap<&'static str, Shape> {
    let lines = text.lines().filter_map(|line| {
        let (kind, names) = line.split_once(':')?;
        let shape = match kind {
            "numbers" => Shape::Number,
            "texts" => Shape::Text,
            "lists" => Shape::List,
            "blocks" => Shape::Block,
            _ => return None,
        };
        Some(names.split_whitespace().map(move |name| (name, shape)))
    });
    lines.flatten().collect()
}

/// A scalar for an attribute of this name. One where a block must be cannot be told, and one that is no number though
/// it should be stays as it is written.
pub(super) fn attribute(name: &str, scalar: &Value) -> Value {
    match SHAPES.get(name) {
        Some(Shape::List) if !scalar.is_null() => vec![item(name, scalar)].into(),
        Some(Shape::Block) if !scalar.is_null() => marker::unknown([]),
        _ => item(name, scalar),
    }
}

/// A scalar in a list of this name, or in a block.
pub(super) fn item(name: &str, scalar: &Value) -> Value {
    match SHAPES.get(name) {
        Some(Shape::Number) => number(scalar),
        Some(Shape::Text) => text(scalar),
        _ => super::flag(scalar),
    }
}

fn number(value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(real)) if real.is_finite() => real.into(),
        _ => value.clone(),
    }
}

/// A number or a flag as text.
pub(super) fn text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => value.to_string().into(),
        _ => value.clone(),
    }
}
