//! Functions whose answers may be far larger than what they are given: with a bound, beyond which the rule ends with an error.
//!
//! Upstream: `allocator-memory-limits` counts all memory, but wants an allocator of its own; without it nothing
//! is bounded, and `numbers.range` asks for the memory of its whole answer at once.

use regorus::Value;

use super::functions::{Function, TooLarge, builtin};

/// A list that a function makes has at most this many elements.
pub(super) const MAX_ELEMENTS: usize = 1_000_000;
/// A text that a function makes has at most this many bytes.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How large the answer will be, at most, from the arguments.
type Measure = fn(&[Value]) -> Option<f64>;

const ELEMENTS: &[(&str, u8, Measure)] = &[
    ("numbers.range", 2, range),
    ("numbers.range_step", 3, range),
    ("net.cidr_expand", 1, addresses),
    ("array.concat", 2, |arguments| Some(arguments.iter().map(length).sum())),
];

const BYTES: &[(&str, u8, Measure)] = &[("concat", 2, concat), ("replace", 3, replace)];

/// The bounded functions, by the name of the interpreter's own.
pub(super) fn functions() -> impl Iterator<Item = (&'static str, Function)> {
    let of = |functions: &'static [(&'static str, u8, Measure)], limit: (usize, &'static str)| {
        functions.iter().map(move |(name, arity, measure)| (*name, bounded(name, *arity, *measure, limit)))
    };
    of(ELEMENTS, (MAX_ELEMENTS, "elements")).chain(of(BYTES, (MAX_BYTES, "bytes")))
}

fn bounded(
    function: &'static str,
    arity: u8,
    measure: Measure,
    (limit, unit): (usize, &'static str),
) -> Function {
    Function::new(arity, move |arguments| match measure(arguments) {
        #[expect(clippy::cast_precision_loss, reason = "the limits are small")]
        Some(size) if size > limit as f64 => Err(TooLarge { function, limit, unit }),
        _ => Ok(builtin(function, arguments)),
    })
}

#[expect(clippy::cast_precision_loss, reason = "a length that large is over every limit")]
fn length(value: &Value) -> f64 {
    let length = match value {
        Value::Array(items) => items.len(),
        Value::Set(items) => items.len(),
        Value::String(text) => text.len(),
        _ => 0,
    };
    length as f64
}

fn range(arguments: &[Value]) -> Option<f64> {
    let [from, to, step @ ..] = arguments else { return None };
    let step = step.first().and_then(|step| step.as_f64().ok()).unwrap_or(1.0);
    Some((to.as_f64().ok()? - from.as_f64().ok()?).abs() / step.abs().max(1.0))
}

fn addresses(arguments: &[Value]) -> Option<f64> {
    let [Value::String(network)] = arguments else { return None };
    let (address, prefix) = network.split_once('/')?;
    let bits = if address.contains(':') { 128 } else { 32 };
    Some(2f64.powi(bits - prefix.parse::<i32>().ok()?))
}

fn concat(arguments: &[Value]) -> Option<f64> {
    let [separator, parts] = arguments else { return None };
    let texts: f64 = match parts {
        Value::Array(items) => items.iter().map(length).sum(),
        Value::Set(items) => items.iter().map(length).sum(),
        _ => return None,
    };
    Some(texts + length(parts) * length(separator))
}

fn replace(arguments: &[Value]) -> Option<f64> {
    let [Value::String(text), Value::String(old), Value::String(new)] = arguments else { return None };
    let found = if old.is_empty() { text.len() + 1 } else { text.matches(old.as_ref()).count() };
    #[expect(clippy::cast_precision_loss, reason = "a length that large is over every limit")]
    Some((text.len() as f64) + (found as f64) * (new.len() as f64))
}
