//! `format` and `formatlist`. See <https://developer.hashicorp.com/terraform/language/functions/format>.

use unicode_segmentation::UnicodeSegmentation;

use super::arguments::{number, text, wholly};
use super::json;
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::EvalError;
use crate::terraform::eval::limits::{self, Budget};
use crate::terraform::number::Number;
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

/// Wider fields and more digits are refused.
const MAX_WIDTH: usize = 100_000;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "format" => function(1, MANY, format),
        "formatlist" => function(1, MANY, format_list),
        _ => None,
    }
}

fn format(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let pattern = arguments.text(0)?;
    let values: Vec<&Value> = arguments.values.iter().skip(1).collect();
    apply(&pattern, &values, arguments.evaluator.budget).map(Value::Text)
}

fn format_list(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let pattern = arguments.text(0)?;
    let values: Vec<&Value> = arguments.values.iter().skip(1).collect();
    let mut length = None;
    for value in &values {
        if value.is_unknown() || value.is_open() {
            return Err(EvalError::Unknown(value.links()));
        }
        match (value.items().map(<[Value]>::len), length) {
            (Some(one), Some(other)) if one != other => {
                return Err(EvalError::wrong("lists of different lengths"));
            }
            (Some(one), _) => length = Some(one),
            (None, _) => {}
        }
    }
    let row = |index: usize| {
        let row: Vec<&Value> = values
            .iter()
            .map(|value| value.items().and_then(|items| items.get(index)).unwrap_or(value))
            .collect();
        match apply(&pattern, &row, arguments.evaluator.budget) {
            Err(EvalError::Unknown(_)) => {
                Ok(Value::linked(row.iter().flat_map(|value| value.links()).collect()))
            }
            other => other.map(Value::Text),
        }
    };
    (0..length.unwrap_or(1)).map(row).collect::<Result<_, _>>().map(Value::List)
}

/// A verb with what stands between it and its `%`.
#[derive(Default)]
struct Verb {
    zero: bool,
    sharp: bool,
    minus: bool,
    plus: bool,
    space: bool,
    width: Option<usize>,
    precision: Option<usize>,
    argument: Option<usize>,
    mode: char,
}

fn apply(pattern: &str, values: &[&Value], budget: &Budget) -> Result<String, EvalError> {
    let (mut result, mut rest, mut next, mut highest) = (String::new(), pattern, 1, 0);
    budget.bytes(pattern.len())?;
    while let Some((before, after)) = rest.split_once('%') {
        result.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            result.push('%');
            rest = after;
            continue;
        }
        let (verb, after) = parse(after)?;
        let number = verb.argument.unwrap_or(next);
        let value = number.checked_sub(1).and_then(|index| values.get(index));
        let value = value.ok_or_else(|| EvalError::wrong("there are not enough arguments for the format"))?;
        let shown = show(&verb, value)?;
        budget.bytes(shown.len())?;
        result.push_str(&shown);
        (next, highest, rest) = (number + 1, highest.max(number), after);
    }
    if highest < values.len() {
        return Err(EvalError::wrong("there are more arguments than the format takes"));
    }
    result.push_str(rest);
    Ok(result)
}

fn parse(text: &str) -> Result<(Verb, &str), EvalError> {
    let mut verb = Verb::default();
    let mut rest = text;
    while let Some(flag) = rest.chars().next().filter(|flag| "0#-+ ".contains(*flag)) {
        match flag {
            '0' => verb.zero = true,
            '#' => verb.sharp = true,
            '-' => verb.minus = true,
            '+' => verb.plus = true,
            _ => verb.space = true,
        }
        rest = rest.trim_start_matches(flag);
    }
    (verb.width, rest) = digits(rest)?;
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = digits(after)?;
        (verb.precision, rest) = (Some(precision.unwrap_or(0)), after);
    }
    if let Some(after) = rest.strip_prefix('[') {
        let (argument, after) = digits(after)?;
        verb.argument = Some(argument.ok_or_else(invalid)?);
        rest = after.strip_prefix(']').ok_or_else(invalid)?;
    }
    let mut characters = rest.chars();
    verb.mode = characters.next().filter(char::is_ascii_alphabetic).ok_or_else(invalid)?;
    Ok((verb, characters.as_str()))
}

fn invalid() -> EvalError {
    EvalError::wrong("the format is not valid")
}

fn digits(text: &str) -> Result<(Option<usize>, &str), EvalError> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if digits.is_empty() {
        return Ok((None, rest));
    }
    match digits.parse::<usize>() {
        Ok(number) if number <= MAX_WIDTH => Ok((Some(number), rest)),
        _ => Err(limits::passed(format!("formats with fields wider than {MAX_WIDTH} letters"))),
    }
}

fn show(verb: &Verb, value: &Value) -> Result<String, EvalError> {
    if value.has_unknown() {
        return Err(EvalError::Unknown(value.links()));
    }
    match verb.mode {
        'v' => Ok(pad(verb, as_is(verb, value)?)),
        't' => match convert(wholly(value)?.clone(), &Type::Bool)? {
            Value::Bool(truth) => Ok(truth.to_string()),
            _ => Err(invalid()),
        },
        's' | 'q' => {
            let mut text = text(value)?;
            if let Some(precision) = verb.precision.filter(|precision| *precision > 0) {
                text = text.graphemes(true).take(precision).collect();
            }
            Ok(pad(verb, if verb.mode == 'q' { json::quote(&text) } else { text }))
        }
        'b' | 'd' | 'o' | 'x' | 'X' => integer(verb, number(value)?),
        'e' | 'E' | 'f' | 'g' | 'G' => float(verb, number(value)?),
        other => Err(EvalError::Wrong(format!("there is no verb %{other}"))),
    }
}

fn as_is(verb: &Verb, value: &Value) -> Result<String, EvalError> {
    match value {
        Value::Text(text) if !verb.sharp => Ok(text.clone()),
        Value::Number(number) if !verb.sharp => general(*number),
        other => json::encode(other),
    }
}

/// The shortest digits; with an exponent where it is large or small.
fn general(number: Number) -> Result<String, EvalError> {
    let text = number.to_text().ok_or_else(endless)?;
    let plain = text.trim_start_matches('-');
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    let leading = i64::try_from(all.len() - digits.len()).unwrap_or(0);
    let exponent = i64::try_from(whole.len()).unwrap_or(0) - leading - 1;
    if number == Number::ZERO || (-4..6).contains(&exponent) {
        return Ok(text);
    }
    let digits = digits.trim_end_matches('0');
    let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
    let point = if rest.is_empty() { "" } else { "." };
    let (minus, sign) = (if number.is_negative() { "-" } else { "" }, if exponent < 0 { '-' } else { '+' });
    Ok(format!("{minus}{first}{point}{rest}e{sign}{:02}", exponent.abs()))
}

fn endless() -> EvalError {
    EvalError::Limit("the digits of this number have no end".into())
}

fn pad(verb: &Verb, text: String) -> String {
    let missing = verb.width.unwrap_or(0).saturating_sub(text.graphemes(true).count());
    let padding = if verb.zero { "0" } else { " " }.repeat(missing);
    if verb.minus { text + &padding } else { padding + &text }
}

fn integer(verb: &Verb, number: Number) -> Result<String, EvalError> {
    let integer = number.as_integer().ok_or_else(|| EvalError::wrong("a whole number is needed"))?;
    let size = integer.unsigned_abs();
    let (prefix, mut digits) = match verb.mode {
        'b' => ("0b", format!("{size:b}")),
        'o' => ("0", format!("{size:o}")),
        'x' => ("0x", format!("{size:x}")),
        'X' => ("0X", format!("{size:X}")),
        _ => ("", size.to_string()),
    };
    if let Some(precision) = verb.precision {
        digits = if precision == 0 && size == 0 { String::new() } else { format!("{digits:0>precision$}") };
    }
    let prefix = if verb.sharp { prefix } else { "" };
    Ok(signed(verb, integer < 0, prefix, &digits, verb.precision.is_none()))
}

fn float(verb: &Verb, number: Number) -> Result<String, EvalError> {
    let precision = match verb.mode {
        'f' => verb.precision.unwrap_or(6),
        _ => return Err(EvalError::Limit(format!("%{} is not understood", verb.mode))),
    };
    let digits = fixed(number, precision).ok_or_else(endless)?;
    Ok(signed(verb, number.is_negative(), "", &digits, true))
}

/// Digits with this many behind the point, rounded to the nearest, and to even where both are as near.
fn fixed(number: Number, precision: usize) -> Option<String> {
    let factor = Number::from(i64::try_from(10_i128.checked_pow(u32::try_from(precision).ok()?)?).ok()?);
    let scaled = number.absolute()?.multiply(factor)?;
    let (down, half) = (scaled.floor(), Number::from(1_i64).divide(2_i64.into())?);
    let is_odd = down.as_integer()? % 2 != 0;
    let up = match scaled.subtract(down)?.cmp(&half) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => is_odd,
        std::cmp::Ordering::Less => false,
    };
    let rounded = down.as_integer()?.checked_add(i128::from(up))?;
    let digits = format!("{rounded:0>width$}", width = precision + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len().checked_sub(precision)?)?;
    Some(if precision == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

fn signed(verb: &Verb, negative: bool, prefix: &str, digits: &str, may_zero: bool) -> String {
    let sign = match (negative, verb.plus, verb.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + prefix.len() + digits.len());
    if verb.minus {
        format!("{sign}{prefix}{digits}{}", " ".repeat(missing))
    } else if verb.zero && may_zero {
        format!("{sign}{prefix}{}{digits}", "0".repeat(missing))
    } else {
        format!("{}{sign}{prefix}{digits}", " ".repeat(missing))
    }
}
