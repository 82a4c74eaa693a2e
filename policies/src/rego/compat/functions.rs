//! Functions of OPA 0.46.1 that the interpreter lacks or has otherwise.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regorus::unstable::{ArithOp, BUILTINS, BuiltinFcn, Expr, Ref, Source, Span, numbers, sets};
use regorus::{LimitError, Value};

use super::bounds::{self, paid};
use super::{matching, sprintf};

/// The name that the interpreter knows a function by, if it is another.
pub(super) fn known_as(name: &str) -> Option<&'static str> {
    Some(match name {
        "re_match" => "regex.match",
        "plus" => "opa_plus",
        "minus" | "set_diff" => "opa_minus",
        "mul" => "opa_mul",
        "div" => "opa_div",
        "rem" => "opa_rem",
        "and" => "opa_and",
        "or" => super::UNION,
        "all" => "opa_all",
        "any" => "opa_any",
        "eq" | "equal" => "opa_equal",
        "neq" => "opa_neq",
        "lt" => "opa_lt",
        "lte" => "opa_lte",
        "gt" => "opa_gt",
        "gte" => "opa_gte",
        "cast_array" => "opa_cast_array",
        "cast_set" => "opa_cast_set",
        "cast_string" => "opa_cast_string",
        "cast_boolean" => "opa_cast_boolean",
        "cast_null" => "opa_cast_null",
        "cast_object" => "opa_cast_object",
        _ => return None,
    })
}

/// Of one or two arguments; none for an undefined answer.
type Unary = fn(&Value) -> Option<Value>;
type Binary = fn(&Value, &Value) -> Option<Value>;

const UNARY: &[(&str, Unary)] = &[
    ("opa_all", all),
    ("opa_any", any),
    (super::ELEMENTS, |value| match value {
        Value::Array(_) | Value::Set(_) | Value::Object(_) => Some(value.clone()),
        _ => Some(Value::new_array()),
    }),
    ("opa_cast_array", |value| match value {
        Value::Set(items) => Some(Value::from(items.iter().cloned().collect::<Vec<_>>())),
        _ => value.as_array().is_ok().then(|| value.clone()),
    }),
    ("opa_cast_set", |value| match value {
        Value::Array(items) => {
            Some(Value::from(items.iter().cloned().collect::<std::collections::BTreeSet<_>>()))
        }
        _ => value.as_set().is_ok().then(|| value.clone()),
    }),
    ("opa_cast_string", |value| value.as_string().is_ok().then(|| value.clone())),
    ("opa_cast_boolean", |value| value.as_bool().is_ok().then(|| value.clone())),
    ("opa_cast_null", |value| (*value == Value::Null).then(|| value.clone())),
    ("opa_cast_object", |value| value.as_object().is_ok().then(|| value.clone())),
];

const BINARY: &[(&str, Binary)] = &[
    ("opa_plus", |a, b| arithmetic(&ArithOp::Add, a, b)),
    ("opa_minus", minus),
    ("opa_div", |a, b| arithmetic(&ArithOp::Div, a, b)),
    ("opa_rem", |a, b| arithmetic(&ArithOp::Mod, a, b)),
    (super::UNION, |a, b| of_sets(sets::union, a, b)),
    ("opa_and", |a, b| of_sets(sets::intersection, a, b)),
    ("opa_member_2", |value, collection| Some(Value::from(has(collection, value)))),
    ("opa_equal", |a, b| Some(Value::from(a == b))),
    ("opa_neq", |a, b| Some(Value::from(a != b))),
    ("opa_lt", |a, b| Some(Value::from(a < b))),
    ("opa_lte", |a, b| Some(Value::from(a <= b))),
    ("opa_gt", |a, b| Some(Value::from(a > b))),
    ("opa_gte", |a, b| Some(Value::from(a >= b))),
];

/// A function that is called by its name.
pub(in super::super) struct Function {
    /// How many arguments it takes.
    pub(in super::super) arguments: u8,
    call: Box<Call>,
}

type Call = dyn Fn(&[Value]) -> Result<Option<Value>, TooLarge> + Send + Sync;

impl Function {
    pub(super) fn new(
        arguments: u8,
        call: impl Fn(&[Value]) -> Result<Option<Value>, TooLarge> + Send + Sync + 'static,
    ) -> Self {
        Self { arguments, call: Box::new(call) }
    }

    /// What the function answers; undefined where it has no answer. An error ends the rule.
    pub(in super::super) fn call(&self, arguments: &[Value]) -> Result<Value, TooLarge> {
        Ok((self.call)(arguments)?.unwrap_or(Value::Undefined))
    }
}

/// All functions that stand in front of the interpreter's, by name.
pub(in super::super) static FUNCTIONS: LazyLock<BTreeMap<&str, Function>> = LazyLock::new(|| {
    let unary = UNARY.iter().map(|(name, function)| (*name, Function::new(1, one(*function))));
    let binary = BINARY.iter().map(|(name, function)| (*name, Function::new(2, two(name, *function))));
    unary.chain(binary).chain(others()).chain(bounds::functions()).chain(defective()).collect()
});

fn one(function: Unary) -> impl Fn(&[Value]) -> Result<Option<Value>, TooLarge> {
    move |arguments| match arguments {
        [value] => Ok(function(value)),
        _ => Ok(None),
    }
}

fn two(name: &'static str, function: Binary) -> impl Fn(&[Value]) -> Result<Option<Value>, TooLarge> {
    move |arguments| match arguments {
        [first, second] => paid(name, function(first, second)),
        _ => Ok(None),
    }
}

fn others() -> [(&'static str, Function); 6] {
    let member = Function::new(3, |arguments| match arguments {
        [key, value, collection @ (Value::Array(_) | Value::Object(_))] => {
            Ok(Some(Value::from(collection[key] == *value)))
        }
        _ => Ok(Some(Value::from(false))),
    });
    let formatted = Function::new(2, |arguments| match arguments {
        [Value::String(format), Value::Array(values)] => {
            paid("sprintf", Some(Value::from(sprintf::sprintf(format, values.iter())?)))
        }
        _ => Ok(None),
    });
    let marshalled = Function::new(1, |arguments| paid("json.marshal", marshal(arguments)?));
    let multiplied = Function::new(2, |arguments| match arguments {
        [first, second] => product(first, second),
        _ => Ok(None),
    });
    let replaced = Function::new(2, |arguments| match arguments {
        [Value::Object(pairs), Value::String(text)] => {
            let texts = |(old, new): (&Value, &Value)| Some((text_of(old)?, text_of(new)?));
            let Some(pairs) = pairs.iter_sorted().map(texts).collect::<Option<Vec<_>>>() else {
                return Ok(None);
            };
            paid("strings.replace_n", replace_each(&pairs, text)?)
        }
        _ => Ok(None),
    });
    [
        ("opa_member_3", member),
        ("json.marshal", marshalled),
        ("sprintf", formatted),
        ("opa_mul", multiplied),
        ("regex.match", Function::new(2, matching::matches)),
        ("strings.replace_n", replaced),
    ]
}

fn text_of(value: &Value) -> Option<String> {
    Some(value.as_string().ok()?.to_string())
}

/// For the tests: a function with a defect.
#[cfg(test)]
fn defective() -> Option<(&'static str, Function)> {
    Some(("opa_defect", Function::new(1, |_| panic!("as a defect would"))))
}

#[cfg(not(test))]
fn defective() -> Option<(&'static str, Function)> {
    None
}

/// Makes the functions known to an interpreter.
pub(super) fn register(engine: &mut regorus::Engine) {
    for (name, function) in FUNCTIONS.iter() {
        let extension = move |values: Vec<Value>| Ok(function.call(&values)?);
        // Fails only for a name that was added before.
        let _ = engine.add_extension((*name).to_owned(), function.arguments, Box::new(extension));
    }
}

/// A function of ours in place of the interpreter's own of that name, as the virtual machine takes it.
///
/// Upstream: the machine has no place for functions but the table of those that a program calls.
pub(in super::super) fn on_machine(name: &str) -> Option<BuiltinFcn> {
    macro_rules! ours {
        ($($name:literal),*) => {
            match name {
                $($name => Some((|_, _, arguments, _| Ok(called($name, arguments)?), BUILTINS.get(name)?.1)),)*
                _ => None,
            }
        };
    }
    ours!(
        "array.concat",
        "bits.lsh",
        "concat",
        "graph.reachable_paths",
        "json.marshal",
        "net.cidr_expand",
        "numbers.range",
        "numbers.range_step",
        "regex.match",
        "regex.replace",
        "replace",
        "sprintf",
        "strings.replace_n"
    )
}

/// Of all errors of functions the machine ends a rule only by those of limits; which it was the interpreter says.
fn called(name: &str, arguments: &[Value]) -> Result<Value, LimitError> {
    let function = FUNCTIONS.get(name).map(|function| function.call(arguments));
    function.unwrap_or(Ok(Value::Undefined)).map_err(|error| {
        let limit = u64::try_from(error.limit).unwrap_or(u64::MAX);
        LimitError::MemoryLimitExceeded { usage: limit, limit }
    })
}

/// A function would take more than it may. It ends the rule.
#[derive(Debug, thiserror::Error)]
#[error("{function} would need more than {limit} {unit}")]
pub(in super::super) struct TooLarge {
    pub(super) function: &'static str,
    pub(super) limit: usize,
    pub(super) unit: &'static str,
}

fn has(collection: &Value, value: &Value) -> bool {
    match collection {
        Value::Array(items) => items.contains(value),
        Value::Set(items) => items.contains(value),
        Value::Object(fields) => fields.values().any(|item| item == value),
        _ => false,
    }
}

/// As Go's `json.Marshal`, which lets no text through that HTML would take for a tag.
///
/// Upstream: `json.marshal` leaves these letters as they are.
fn marshal(arguments: &[Value]) -> Result<Option<Value>, TooLarge> {
    bounds::printable("json.marshal", arguments)?;
    let Some(answer) = builtin("json.marshal", arguments) else { return Ok(None) };
    let Ok(text) = answer.as_string() else { return Ok(None) };
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return Ok(Some(answer));
    }
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => escaped.push(letter),
        }
    }
    Ok(Some(Value::from(escaped)))
}

/// As Go's `strings.NewReplacer`: in one go, so that what was put in is not replaced again; where several fit, the first counts.
/// Nothing fits before each letter, and at the end.
///
/// Upstream: `strings.replace_n` replaces one after the other.
fn replace_each(pairs: &[(String, String)], text: &str) -> Result<Option<Value>, TooLarge> {
    let between = pairs.iter().find(|(old, _)| old.is_empty()).map_or("", |(_, new)| new.as_str());
    let (mut out, mut rest) = (String::new(), text);
    loop {
        out.push_str(between);
        bounds::fits("strings.replace_n", out.len())?;
        let fitting = pairs.iter().filter(|(old, _)| !old.is_empty());
        let mut fitting = fitting.filter_map(|(old, new)| Some((rest.strip_prefix(old.as_str())?, new)));
        if let Some((after, new)) = fitting.next() {
            out.push_str(new);
            rest = after;
            continue;
        }
        let mut letters = rest.chars();
        let Some(letter) = letters.next() else { return Ok(Some(Value::from(out))) };
        out.push(letter);
        rest = letters.as_str();
    }
}

/// A product, unless it has more digits than it may.
fn product(first: &Value, second: &Value) -> Result<Option<Value>, TooLarge> {
    bounds::multiplies(first, second)?;
    Ok(arithmetic(&ArithOp::Mul, first, second))
}

fn all(value: &Value) -> Option<Value> {
    let is_true = |item: &Value| *item == Value::Bool(true);
    match value {
        Value::Array(items) => Some(Value::from(items.iter().all(is_true))),
        Value::Set(items) => Some(Value::from(items.iter().all(is_true))),
        _ => None,
    }
}

fn any(value: &Value) -> Option<Value> {
    let is_true = |item: &Value| *item == Value::Bool(true);
    match value {
        Value::Array(items) => Some(Value::from(items.iter().any(is_true))),
        Value::Set(items) => Some(Value::from(items.iter().any(is_true))),
        _ => None,
    }
}

fn minus(first: &Value, second: &Value) -> Option<Value> {
    match (first, second) {
        (Value::Set(_), Value::Set(_)) => of_sets(sets::difference, first, second),
        _ => arithmetic(&ArithOp::Sub, first, second),
    }
}

fn arithmetic(op: &ArithOp, first: &Value, second: &Value) -> Option<Value> {
    let (first, second) = (first.clone(), second.clone());
    let Dummy { span, operand } = DUMMY.as_ref()?;
    let answer = numbers::arithmetic_operation(span, op, operand, operand, first, second, false);
    answer.ok().filter(|value| *value != Value::Undefined)
}

/// Calls one of the interpreter's own functions; none for what it has no answer to.
pub(super) fn builtin(name: &str, arguments: &[Value]) -> Option<Value> {
    let (function, _) = BUILTINS.get(name)?;
    let Dummy { span, operand } = DUMMY.as_ref()?;
    let operands: Vec<_> = arguments.iter().map(|_| operand.clone()).collect();
    function(span, &operands, arguments, false).ok().filter(|value| *value != Value::Undefined)
}

/// The interpreter's functions want to know where they are called, for messages that nobody reads here.
struct Dummy {
    span: Span,
    operand: Ref<Expr>,
}

static DUMMY: LazyLock<Option<Dummy>> = LazyLock::new(|| {
    let source = Source::from_contents(String::new(), "_".to_owned()).ok()?;
    let span = Span { source, line: 1, col: 1, start: 0, end: 1 };
    let operand = Ref::new(Expr::Null { span: span.clone(), value: Value::Null, eidx: 0 });
    Some(Dummy { span, operand })
});

fn of_sets<E>(
    function: fn(&Expr, &Expr, Value, Value) -> Result<Value, E>,
    first: &Value,
    second: &Value,
) -> Option<Value> {
    let operand = &DUMMY.as_ref()?.operand;
    function(operand, operand, first.clone(), second.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::{BUILTINS, FUNCTIONS, on_machine};

    #[test]
    fn what_the_machine_has_otherwise_is_replaced() {
        let missing =
            FUNCTIONS.keys().filter(|name| BUILTINS.contains_key(*name) && on_machine(name).is_none());
        assert_eq!(missing.collect::<Vec<_>>(), [&""; 0]);
    }
}
