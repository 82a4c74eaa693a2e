//! `csvdecode`. See <https://developer.hashicorp.com/terraform/language/functions/csvdecode> and RFC 4180.

use std::collections::BTreeMap;

use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "csvdecode" => function(1, 1, decode),
        _ => None,
    }
}

fn decode(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let text = arguments.text(0)?;
    arguments.evaluator.budget.elements(text.len())?;
    let mut rows = rows(&text)?.into_iter();
    let header = rows.next().ok_or_else(|| EvalError::wrong("a line of names is needed"))?;
    let mut decoded = Vec::new();
    for row in rows {
        if row.len() != header.len() {
            return Err(EvalError::wrong("all lines must have as many fields as the first"));
        }
        let fields = row.into_iter().map(Value::Text);
        let object: BTreeMap<String, Value> = header.iter().cloned().zip(fields).collect();
        if object.len() != header.len() {
            return Err(EvalError::wrong("two columns have the same name"));
        }
        decoded.push(Value::Object(object));
    }
    Ok(Value::List(decoded))
}

fn rows(text: &str) -> Result<Vec<Vec<String>>, EvalError> {
    let text = text.replace("\r\n", "\n");
    let (mut rows, mut rest) = (Vec::new(), text.as_str());
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('\n') {
            rest = after;
            continue;
        }
        let (row, after) = row(rest)?;
        rows.push(row);
        rest = after;
    }
    Ok(rows)
}

/// The fields of a line, and what comes after it.
fn row(text: &str) -> Result<(Vec<String>, &str), EvalError> {
    let (mut fields, mut rest) = (Vec::new(), text);
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => {
                let end = rest.find([',', '\n']).unwrap_or(rest.len());
                let (field, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                if field.contains('"') {
                    return Err(EvalError::wrong("a quote stands in a field that is not quoted"));
                }
                (field.to_owned(), after)
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok((fields, after.strip_prefix('\n').unwrap_or(after))),
        }
    }
}

fn quoted_field(text: &str) -> Result<(String, &str), EvalError> {
    let (mut field, mut rest) = (String::new(), text);
    loop {
        let (before, after) =
            rest.split_once('"').ok_or_else(|| EvalError::wrong("a quote is not closed"))?;
        field.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                field.push('"');
                rest = next;
            }
            None if after.is_empty() || after.starts_with([',', '\n']) => return Ok((field, after)),
            None => return Err(EvalError::wrong("text follows a quoted field")),
        }
    }
}
