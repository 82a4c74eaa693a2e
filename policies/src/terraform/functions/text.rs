//! Functions of strings. See <https://developer.hashicorp.com/terraform/language/functions/chomp> and its neighbours.

use unicode_segmentation::UnicodeSegmentation;

use super::arguments::text;
use super::{Arguments, Function, MANY, combine, function, map, test};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "chomp" => map(|text| text.trim_end_matches(['\r', '\n']).to_owned()),
        "endswith" => test(|text, other| text.ends_with(other)),
        "startswith" => test(|text, other| text.starts_with(other)),
        "strcontains" => test(|text, other| text.contains(other)),
        "indent" => function(2, 2, indent),
        "join" => function(2, MANY, join),
        "lower" => map(|text| text.chars().map(lower).collect()),
        "upper" => map(|text| text.chars().map(upper).collect()),
        "split" => function(2, 2, split),
        "strrev" => map(|text| text.graphemes(true).rev().collect()),
        "substr" => function(3, 3, substr),
        "title" => map(title),
        "trim" => combine(|text, set| text.trim_matches(|character| set.contains(character)).to_owned()),
        "trimprefix" => combine(|text, prefix| text.strip_prefix(prefix).unwrap_or(text).to_owned()),
        "trimsuffix" => combine(|text, suffix| text.strip_suffix(suffix).unwrap_or(text).to_owned()),
        "trimspace" => map(|text| text.trim().to_owned()),
        _ => None,
    }
}

/// A letter becomes one letter, as in Go: what would become several stays.
fn upper(character: char) -> char {
    let mut mapped = character.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(single), None) => single,
        _ => character,
    }
}

fn lower(character: char) -> char {
    let mut mapped = character.to_lowercase();
    match (mapped.next(), mapped.next()) {
        (Some(single), None) => single,
        _ => character,
    }
}

fn indent(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let width =
        usize::try_from(arguments.integer(0)?).map_err(|_| EvalError::wrong("spaces cannot be negative"))?;
    let text = arguments.text(1)?;
    let lines = text.matches('\n').count();
    arguments.evaluator.budget.bytes(width.saturating_mul(lines))?;
    Ok(Value::Text(text.replace('\n', &format!("\n{}", " ".repeat(if lines == 0 { 0 } else { width })))))
}

fn join(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let separator = arguments.text(0)?;
    let mut all = Vec::new();
    for index in 1..arguments.values.len() {
        all.extend(arguments.texts(index)?);
    }
    arguments.evaluator.budget.bytes(separator.len().saturating_mul(all.len()))?;
    Ok(Value::Text(all.join(&separator)))
}

fn split(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (separator, whole) = (arguments.text(0)?, arguments.text(1)?);
    arguments.evaluator.budget.elements(whole.len())?;
    let parts: Vec<Value> = match (separator.as_str(), whole.as_str()) {
        ("", _) => whole.chars().map(Value::text).collect(),
        // Nothing, in one part; without a separator in none.
        (separator, whole) => whole.split(separator).map(Value::text).collect(),
    };
    Ok(Value::List(parts))
}

fn substr(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let whole = text(arguments.get(0)?)?;
    let (offset, length) = (arguments.integer(1)?, arguments.integer(2)?);
    let characters: Vec<&str> = whole.graphemes(true).collect();
    let count = i64::try_from(characters.len()).unwrap_or(i64::MAX);
    let start = if offset < 0 { offset.saturating_add(count).max(0) } else { offset };
    let taken = if length < 0 { i64::MAX } else { length };
    let (start, taken) = (usize::try_from(start), usize::try_from(taken));
    let rest = characters.into_iter().skip(start.unwrap_or(usize::MAX));
    Ok(Value::Text(rest.take(taken.unwrap_or(usize::MAX)).collect()))
}

/// Capitals where words begin: after what is neither letter, digit nor underscore.
fn title(text: &str) -> String {
    let mut after_separator = true;
    let capital = |character: char| {
        let mapped = if after_separator { upper(character) } else { character };
        after_separator = if character.is_ascii() {
            !character.is_ascii_alphanumeric() && character != '_'
        } else {
            !character.is_alphanumeric() && character.is_whitespace()
        };
        mapped
    };
    text.chars().map(capital).collect()
}
