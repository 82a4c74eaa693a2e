//! What rules answer with.

use std::fmt::Write as _;

use regorus::Value;

use super::{RegoError, Violation};
use crate::finding::RuleId;

/// An answer has at most this many elements.
const MAX_ELEMENTS: usize = 1_000_000;
/// Characters of a wrong answer that an error shows.
const SHOWN: usize = 200;

/// Reads the set of violations that one of our own rules answers with.
pub(super) fn violations(query: &str, answer: &Value) -> Result<Vec<Violation>, RegoError> {
    let Value::Set(set) = answer else { return Err(wrong(query, answer)) };
    if set.len() > MAX_ELEMENTS {
        return Err(RegoError::TooMany { query: query.to_owned(), limit: MAX_ELEMENTS });
    }
    set.iter().map(|item| violation(item).ok_or_else(|| wrong(query, item))).collect()
}

/// Reads the list of ids that a rule of Terrascan's answers with; undefined is none.
pub(super) fn ids(query: &str, answer: &Value) -> Result<Vec<String>, RegoError> {
    let wrong = |value: &Value| RegoError::Ids { query: query.to_owned(), got: shown(value) };
    let read = |item: &Value| id(item).ok_or_else(|| wrong(item));
    match answer {
        Value::Undefined => Ok(Vec::new()),
        Value::Set(items) => items.iter().map(read).collect(),
        Value::Array(items) => items.iter().map(read).collect(),
        _ => Err(wrong(answer)),
    }
}

fn id(item: &Value) -> Option<String> {
    let text = match item {
        Value::Object(fields) => fields.get(&Value::from("Id"))?,
        _ => item,
    };
    Some(text.as_string().ok()?.to_string())
}

fn shown(value: &Value) -> String {
    let mut text = String::new();
    // A number that is too large cannot be shown.
    match write!(text, "{value}") {
        Ok(()) => text.chars().take(SHOWN).collect(),
        Err(_) => "a value that cannot be shown".to_owned(),
    }
}

fn wrong(query: &str, value: &Value) -> RegoError {
    RegoError::Answer { query: query.to_owned(), got: shown(value) }
}

fn violation(item: &Value) -> Option<Violation> {
    let object = item.as_object().ok()?;
    let field = |key: &str| object.get(&Value::from(key));
    let text = |key: &str| field(key).and_then(|value| value.as_string().ok()).map(ToString::to_string);
    let severity = match field("severity") {
        Some(word) => Some(word.as_string().ok()?.parse().ok()?),
        None => None,
    };
    let aliases = field("aliases").map_or(Some(Vec::new()), aliases)?;
    Some(Violation { address: text("address")?, message: text("message")?, severity, aliases })
}

/// A list or a set of strings.
fn aliases(value: &Value) -> Option<Vec<RuleId>> {
    let id = |value: &Value| Some(RuleId::new(value.as_string().ok()?.to_string()));
    match value {
        Value::Array(items) => items.iter().map(id).collect(),
        Value::Set(items) => items.iter().map(id).collect(),
        _ => None,
    }
}
