//! Functions of numbers. See <https://developer.hashicorp.com/terraform/language/functions/abs> and its neighbours.

use super::arguments::{number, wholly};
use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::EvalError;
use crate::terraform::eval::fits;
use crate::terraform::number::Number;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "abs" => function(1, 1, |arguments| fits(arguments.number(0)?.absolute())),
        "ceil" => function(1, 1, |arguments| Ok(Value::Number(arguments.number(0)?.ceil()))),
        "floor" => function(1, 1, |arguments| Ok(Value::Number(arguments.number(0)?.floor()))),
        "log" => function(2, 2, log),
        "pow" => function(2, 2, pow),
        "max" => function(1, MANY, |arguments| extreme(arguments, true)),
        "min" => function(1, MANY, |arguments| extreme(arguments, false)),
        "parseint" => function(2, 2, parse_integer),
        "signum" => function(1, 1, signum),
        "sum" => function(1, 1, sum),
        _ => None,
    }
}

fn float(value: f64) -> Result<Value, EvalError> {
    fits(Number::from_f64(value))
}

fn log(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (value, base) = (arguments.number(0)?.as_f64(), arguments.number(1)?.as_f64());
    if value <= 0.0 || base <= 0.0 {
        return Err(EvalError::Limit("this logarithm is no number".into()));
    }
    float(value.ln() / base.ln())
}

fn pow(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    float(arguments.number(0)?.as_f64().powf(arguments.number(1)?.as_f64()))
}

fn extreme(arguments: &Arguments<'_>, largest: bool) -> Result<Value, EvalError> {
    let numbers = (0..arguments.values.len()).map(|index| arguments.number(index));
    let numbers = numbers.collect::<Result<Vec<Number>, _>>()?;
    let best = if largest { numbers.into_iter().max() } else { numbers.into_iter().min() };
    best.map(Value::Number).ok_or_else(|| EvalError::wrong("a number is needed"))
}

fn signum(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let number = arguments.integer(0)?;
    Ok(Value::Number(number.signum().into()))
}

fn sum(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let items = arguments.items(0)?;
    if items.is_empty() {
        return Err(EvalError::wrong("an empty list has no sum"));
    }
    let mut sum = Some(Number::ZERO);
    for item in items {
        let next = number(wholly(item)?)?;
        sum = sum.and_then(|sum| sum.add(next));
    }
    fits(sum)
}

fn parse_integer(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let text = arguments.text(0)?;
    let base = arguments.integer(1)?;
    if !(2..=62).contains(&base) {
        return Err(EvalError::wrong("the base must be between 2 and 62"));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1_i128, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let mut value = Some(0_i128);
    for character in digits.chars() {
        let digit = digit(character, base).filter(|digit| i64::from(*digit) < base);
        let digit = digit.ok_or_else(|| EvalError::Wrong(format!("{text:?} is no number of base {base}")))?;
        value = value.and_then(|value| value.checked_mul(base.into())?.checked_add(digit.into()));
    }
    if digits.is_empty() {
        return Err(EvalError::wrong("an empty text is no number"));
    }
    fits(value.and_then(|value| Number::parse(&(value * sign).to_string())))
}

/// Digits, then small letters, then capitals; up to base 36 capitals are small letters.
fn digit(character: char, base: i64) -> Option<u32> {
    match character {
        '0'..='9' => Some(u32::from(character) - u32::from('0')),
        'a'..='z' => Some(u32::from(character) - u32::from('a') + 10),
        'A'..='Z' if base <= 36 => Some(u32::from(character) - u32::from('A') + 10),
        'A'..='Z' => Some(u32::from(character) - u32::from('A') + 36),
        _ => None,
    }
}
