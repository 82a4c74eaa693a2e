//! Functions whose answers may be far larger than what they are given: each answer has a bound, and so have all answers of one
//! question together. Beyond it the rule ends with an error. What a rule builds otherwise is bounded by its time.
//!
//! What is counted does not depend on what else the process does, so that the same input has the same answer. Upstream:
//! `allocator-memory-limits` counts the memory of the whole process, and wants an allocator of its own; without it nothing is
//! bounded, and `numbers.range` asks for the memory of its whole answer at once.

use std::cell::Cell;

use regorus::Value;

use super::functions::{Function, TooLarge, builtin};

/// A list that a function makes has at most this many elements.
pub(super) const MAX_ELEMENTS: usize = 1_000_000;
/// A text that a function makes has at most this many bytes.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What functions make for one question, all together: at most this many bytes, an element counting as [`ELEMENT`].
const MAX_MADE: usize = 1024 * 1024 * 1024;
/// Bytes that an element of a collection is taken to need.
const ELEMENT: usize = 32;
/// A number that a function makes has at most this many binary digits, more than any float.
const MAX_BITS: usize = 1024;
/// Steps on all paths through a graph.
const MAX_STEPS: usize = MAX_ELEMENTS;

thread_local! {
    /// What functions may still make for the question that this thread is at.
    static LEFT: Cell<usize> = const { Cell::new(MAX_MADE) };
}

/// From here on it is another question.
pub(in crate::rego) fn begin() {
    LEFT.set(MAX_MADE);
}

/// How large an answer will be, at most, from the arguments.
type Measure = fn(&[Value]) -> Option<f64>;

const ELEMENTS: &[(&str, u8, Measure)] = &[
    ("numbers.range", 2, range),
    ("numbers.range_step", 3, range),
    ("net.cidr_expand", 1, addresses),
    ("array.concat", 2, |arguments| Some(arguments.iter().map(length).sum())),
];

const BYTES: &[(&str, u8, Measure)] =
    &[("concat", 2, concat), ("replace", 3, replace), ("regex.replace", 3, replace_matches)];

/// The bounded functions, by the name of the interpreter's own.
pub(super) fn functions() -> impl Iterator<Item = (&'static str, Function)> {
    let of = |functions: &'static [(&'static str, u8, Measure)], limit: (usize, &'static str)| {
        functions.iter().map(move |(name, arity, measure)| (*name, bounded(name, *arity, *measure, limit)))
    };
    let others = [
        ("bits.lsh", bounded("bits.lsh", 2, shifted, (MAX_BITS, "binary digits"))),
        ("graph.reachable_paths", bounded("graph.reachable_paths", 2, steps, (MAX_STEPS, "steps"))),
    ];
    of(ELEMENTS, (MAX_ELEMENTS, "elements")).chain(of(BYTES, (MAX_BYTES, "bytes"))).chain(others)
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
        _ => paid(function, builtin(function, arguments)),
    })
}

/// The answer, if it may still be made.
pub(super) fn paid(function: &'static str, answer: Option<Value>) -> Result<Option<Value>, TooLarge> {
    let bytes = answer.as_ref().map_or(0, weight);
    let Some(left) = LEFT.get().checked_sub(bytes) else {
        LEFT.set(0);
        return Err(TooLarge { function, limit: MAX_MADE, unit: "bytes, with what was made before" });
    };
    LEFT.set(left);
    Ok(answer)
}

/// Bytes of the value itself: elements are shared with where they come from.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.len() * ELEMENT,
        Value::Set(items) => items.len() * ELEMENT,
        Value::Object(fields) => fields.len() * 2 * ELEMENT,
        _ => 0,
    }
}

/// Whether an answer of so many bytes may be made.
pub(super) fn fits(function: &'static str, bytes: usize) -> Result<(), TooLarge> {
    if bytes > MAX_BYTES { Err(TooLarge { function, limit: MAX_BYTES, unit: "bytes" }) } else { Ok(()) }
}

/// Whether a product has no more digits than it may. The largest float is beyond any number that a rule is about.
pub(super) fn multiplies(first: &Value, second: &Value) -> Result<(), TooLarge> {
    match (number(first), number(second)) {
        (Some(first), Some(second)) if !(first * second).is_finite() => {
            Err(TooLarge { function: "multiplication", limit: MAX_BITS, unit: "binary digits" })
        }
        _ => Ok(()),
    }
}

/// Whether values may be printed. Each of their elements counts wherever it is met, since it is printed there.
pub(super) fn printable(function: &'static str, values: &[Value]) -> Result<(), TooLarge> {
    let mut left = MAX_BYTES;
    values.iter().for_each(|value| print(value, &mut left));
    if left == 0 { fits(function, usize::MAX) } else { Ok(()) }
}

fn print(value: &Value, left: &mut usize) {
    let bytes = if let Value::String(text) = value { text.len() } else { 0 };
    *left = left.saturating_sub(bytes + 1);
    match value {
        _ if *left == 0 => {}
        Value::Array(items) => items.iter().for_each(|item| print(item, left)),
        Value::Set(items) => items.iter().for_each(|item| print(item, left)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            print(key, left);
            print(value, left);
        }),
        _ => {}
    }
}

/// About how large a number is: `as_f64` has none for integers that a float does not hold to the digit.
fn number(value: &Value) -> Option<f64> {
    let Value::Number(number) = value else { return None };
    number.as_f64().or_else(|| number.format_decimal().parse().ok())
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

#[expect(clippy::cast_precision_loss, reason = "a count that large is over every limit")]
fn found(text: &str, old: &str) -> f64 {
    if old.is_empty() { (text.len() + 1) as f64 } else { text.matches(old).count() as f64 }
}

fn range(arguments: &[Value]) -> Option<f64> {
    let [from, to, step @ ..] = arguments else { return None };
    let step = step.first().and_then(number).unwrap_or(1.0);
    Some((number(to)? - number(from)?).abs() / step.abs().max(1.0))
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
    #[expect(clippy::cast_precision_loss, reason = "a length that large is over every limit")]
    Some(text.len() as f64 + found(text, old) * new.len() as f64)
}

/// At most each letter matches, and each group is as long as the text.
fn replace_matches(arguments: &[Value]) -> Option<f64> {
    let [text, _, Value::String(new)] = arguments else { return None };
    let groups = found(new, "$") + 1.0;
    Some(length(text) * groups + (length(text) + 1.0) * length(&Value::String(new.clone())))
}

fn shifted(arguments: &[Value]) -> Option<f64> {
    let [shifted, by] = arguments else { return None };
    Some(number(shifted)?.abs().max(1.0).log2() + number(by)?)
}

/// Steps on the paths that start at some nodes, counted up to the bound.
fn steps(arguments: &[Value]) -> Option<f64> {
    let [graph, from] = arguments else { return None };
    let (mut path, mut left) = (Vec::new(), MAX_STEPS);
    for node in members(from) {
        follow(graph, node, &mut path, &mut left);
    }
    Some(if left == 0 { f64::INFINITY } else { 0.0 })
}

/// A step costs as much as the path to it is long, since each end of a path is answered with the whole of it.
fn follow<'a>(graph: &'a Value, node: &'a Value, path: &mut Vec<&'a Value>, left: &mut usize) {
    *left = left.saturating_sub(path.len() + 1);
    if *left == 0 || path.contains(&node) {
        return;
    }
    path.push(node);
    for next in members(&graph[node]) {
        follow(graph, next, path, left);
    }
    path.pop();
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Set(items) => items.iter().collect(),
        _ => Vec::new(),
    }
}
