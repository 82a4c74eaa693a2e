//! From text to an HCL body, going on after a syntax error where that can be done without guessing.

use crate::reader::{Reader, SECRETS};
use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;
use std::ops::Range;

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
    let line = line(text, offset);
    attribute(text, &line)?;
    let (before, after) = (text.get(..line.start)?, text.get(line.end..)?);
    Some(format!("{before}{}{after}", " ".repeat(line.len())))
}

/// The bytes of the line of a byte.
fn line(text: &str, offset: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = after.find('\n').map_or(text.len(), |newline| before.len() + newline);
    start..end
}

/// The name of the attribute in a line, and the bytes of what follows its `=`.
fn attribute<'t>(text: &'t str, line: &Range<usize>) -> Option<(&'t str, Range<usize>)> {
    let (name, value) = text.get(line.clone())?.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    is_name.then(|| (name, line.end - value.len()..line.end))
}

fn report(reader: &Reader<'_>, error: &Error) {
    let offset = error.location().offset();
    reader.damage(offset);
    let text = &reader.source.text;
    let line = line(text, offset);
    let named = attribute(text, &line);
    let (span, message, help) = describe(text, error, &line, named.as_ref().map(|(name, _)| *name));
    let alone = text.get(line.clone()).unwrap_or_default();
    if SECRETS.iter().any(|name| alone.contains(name)) {
        // What follows may be a secret, wherever in the line the error is.
        let hidden = alone.find('=').map_or(line.clone(), |equals| line.start + equals + 1..line.end);
        reader.secret_error(&span, &hidden, message, help);
    } else {
        reader.error(&span, message, help);
    }
}

fn describe(
    text: &str,
    error: &Error,
    line: &Range<usize>,
    name: Option<&str>,
) -> (Range<usize>, String, String) {
    let offset = error.location().offset();
    let rest = text.get(offset..line.end).unwrap_or_default();
    let alone = text.get(line.clone()).unwrap_or_default();
    // A line that is HCL by itself is refused at its start only for being there twice.
    if let Some(name) = name.filter(|name| rest.starts_with(name) && parse_body(alone).is_ok()) {
        let message = format!("a second `{name}` in the same block");
        return (offset..offset + name.len(), message, "keep one of them".to_owned());
    }
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let (what, expected) = error.message().split_once("; ").unwrap_or((error.message(), ""));
    (offset..offset + width, format!("this is not HCL: {what}"), expected.to_owned())
}
