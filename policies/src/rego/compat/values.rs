//! Values as OPA's `ast.Value` prints them, up to a bound.

use std::fmt::{self, Write as _};

use regorus::Value;

/// Text that takes no more than so many bytes.
pub(super) struct Bounded {
    text: String,
    limit: usize,
}

impl Bounded {
    pub(super) fn new(limit: usize) -> Self {
        Self { text: String::new(), limit }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.text.len() + part.len() > self.limit {
            return Err(fmt::Error);
        }
        self.text.push_str(part);
        Ok(())
    }
}

/// Writes a value: `["a", 1]`, `{"k": null}`, `{1, 2}`, `set()`.
pub(super) fn write(out: &mut Bounded, value: &Value) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::Bool(value) => write!(out, "{value}"),
        Value::String(text) => quoted(out, text),
        Value::Array(items) => {
            out.write_char('[')?;
            list(out, items.iter())?;
            out.write_char(']')
        }
        Value::Set(items) if items.is_empty() => out.write_str("set()"),
        Value::Set(items) => {
            out.write_char('{')?;
            list(out, items.iter())?;
            out.write_char('}')
        }
        Value::Object(fields) => {
            out.write_char('{')?;
            for (index, (key, value)) in fields.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write(out, key)?;
                out.write_str(": ")?;
                write(out, value)?;
            }
            out.write_char('}')
        }
        Value::Undefined => Ok(()),
        Value::Number(number) => {
            out.write_str(&digits(value, number.as_f64().is_none().then(|| number.format_decimal())))
        }
    }
}

/// A number as JSON has it; an integer that no float holds by all its digits.
///
/// Upstream: `Display` of an integer that no float holds fails, so that `to_string` panics, or loses digits.
pub(super) fn digits(number: &Value, integer: Option<String>) -> String {
    integer.unwrap_or_else(|| {
        let mut text = String::new();
        // An infinite number has none.
        let _ = write!(text, "{number}");
        text
    })
}

fn list<'a>(out: &mut Bounded, items: impl Iterator<Item = &'a Value>) -> fmt::Result {
    for (index, item) in items.enumerate() {
        out.write_str(if index > 0 { ", " } else { "" })?;
        write(out, item)?;
    }
    Ok(())
}

/// As Go's `strconv.Quote`, but that every letter beyond ASCII is taken to be printable.
pub(super) fn quoted(out: &mut Bounded, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            '\u{7}' => out.write_str("\\a")?,
            '\u{8}' => out.write_str("\\b")?,
            '\u{b}' => out.write_str("\\v")?,
            '\u{c}' => out.write_str("\\f")?,
            letter if letter.is_ascii_control() => write!(out, "\\x{:02x}", u32::from(letter))?,
            letter => out.write_char(letter)?,
        }
    }
    out.write_char('"')
}
