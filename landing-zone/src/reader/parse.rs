//! From text to an HCL body, going on after a syntax error where that can be done without guessing.

use crate::reader::Reader;
use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;

/// The most bytes that a file may have.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// The most syntax errors that are looked for.
const MAX_ERRORS: usize = 20;

/// The body of the reader's source. After a syntax error in a line `name = …`, the line is left out and the rest is
/// read; if the rest is not HCL either, the first error is the only one that is certain, and the only one reported.
pub(crate) fn body(reader: &Reader<'_>) -> Option<Body> {
    let text = &reader.source.text;
    if text.len() > MAX_BYTES {
        let message = format!("the file has {} bytes", text.len());
        reader.error(&(0..0), message, format!("at most {MAX_BYTES} are read"));
        return None;
    }
    let first = match parse_body(text) {
        Ok(body) => return Some(body),
        Err(error) => error,
    };
    match recover(text, &first) {
        Some((body, errors)) => {
            errors.iter().for_each(|error| report(reader, error));
            Some(body)
        }
        None => {
            report(reader, &first);
            None
        }
    }
}

fn recover(text: &str, first: &Error) -> Option<(Body, Vec<Error>)> {
    let mut text = text.to_owned();
    let mut errors = vec![first.clone()];
    while errors.len() <= MAX_ERRORS {
        text = without_line(&text, errors.last()?.location().offset())?;
        match parse_body(&text) {
            Ok(body) => return Some((body, errors)),
            Err(error) => errors.push(error),
        }
    }
    None
}

/// The text with the line of a byte turned to spaces, if that line is an attribute by its looks.
fn without_line(text: &str, offset: usize) -> Option<String> {
    let (before, after) = text.split_at_checked(offset.min(text.len()))?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = after.find('\n').map_or(text.len(), |newline| before.len() + newline);
    let line = text.get(start..end)?;
    let name = line.split_once('=')?.0.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    is_name.then(|| {
        format!(
            "{}{}{}",
            &before.get(..start).unwrap_or(""),
            " ".repeat(end - start),
            text.get(end..).unwrap_or("")
        )
    })
}

fn report(reader: &Reader<'_>, error: &Error) {
    let offset = error.location().offset();
    reader.damage(offset);
    let rest = reader.source.text.get(offset..).unwrap_or_default();
    let width = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let (what, expected) = error.message().split_once("; ").unwrap_or((error.message(), ""));
    reader.error(&(offset..offset + width), format!("this is not HCL: {what}"), expected);
}
