//! `regex`, `regexall` and `replace`, in RE2's syntax.
//! See <https://developer.hashicorp.com/terraform/language/functions/regex>.

mod encoded;

use regex::{Captures, Regex, RegexBuilder};

use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

/// A larger compiled expression is refused.
const MAX_SIZE: usize = 2 * 1024 * 1024;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "regex" => function(2, 2, first),
        "regexall" => function(2, 2, all),
        "replace" => function(3, 3, replace),
        _ => None,
    }
}

/// An expression that means the same here as in Terraform for this text; it has no meaning at all if it is wrong there.
fn compile(pattern: &str, text: &str) -> Result<Regex, EvalError> {
    // Classes hold more than ASCII here.
    let classes = [r"\d", r"\w", r"\s", r"\b", r"\D", r"\W", r"\S", r"\B", "(?i", r"\Q"];
    if !text.is_ascii() && classes.iter().any(|class| pattern.contains(class)) {
        return Err(EvalError::Limit("a class of characters in text that is not ASCII".into()));
    }
    RegexBuilder::new(pattern)
        .size_limit(MAX_SIZE)
        .build()
        .map_err(|_| EvalError::Limit("the regular expression is not understood".into()))
}

fn first(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (pattern, text) = (arguments.text(0)?, arguments.text(1)?);
    let regex = compile(&pattern, &text)?;
    let found = regex.captures(&text).ok_or_else(|| EvalError::wrong("the text does not match"))?;
    matched(&regex, &found)
}

fn all(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (pattern, text) = (arguments.text(0)?, arguments.text(1)?);
    let regex = compile(&pattern, &text)?;
    let groups = regex.captures_len();
    let each = |found: Captures<'_>| {
        arguments.evaluator.budget.elements(groups)?;
        matched(&regex, &found)
    };
    regex.captures_iter(&text).map(each).collect::<Result<_, _>>().map(Value::List)
}

/// The whole match, or its groups if there are any.
fn matched(regex: &Regex, found: &Captures<'_>) -> Result<Value, EvalError> {
    let group = |index: usize| found.get(index).map_or(Value::Null, |group| Value::text(group.as_str()));
    let names: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    if names.is_empty() {
        return Ok(group(0));
    }
    if names.iter().all(Option::is_none) {
        return Ok(Value::Tuple((1..=names.len()).map(group).collect()));
    }
    let named = names.iter().enumerate().map(|(index, name)| {
        let name = name.ok_or_else(|| EvalError::wrong("either all groups have names or none"))?;
        Ok((name.to_owned(), group(index + 1)))
    });
    named.collect::<Result<_, EvalError>>().map(Value::Object)
}

fn replace(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    if let Some(replaced) = encoded::replace(&arguments.values) {
        return Ok(replaced);
    }
    let (text, what, with) = (arguments.text(0)?, arguments.text(1)?, arguments.text(2)?);
    let inner = what.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let regex = inner.map(|pattern| compile(pattern, &text)).transpose()?;
    // A replacement may repeat what was matched.
    let matched: usize = match &regex {
        Some(regex) => regex.find_iter(&text).map(|found| found.len() + 1).sum(),
        None => text.matches(what.as_str()).count(),
    };
    arguments.evaluator.budget.bytes(matched.saturating_mul(with.len()))?;
    Ok(Value::Text(match &regex {
        Some(regex) => regex.replace_all(&text, with.as_str()).into_owned(),
        None => text.replace(&what, &with),
    }))
}
