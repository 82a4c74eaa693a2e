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
    float(go_log(value) / go_log(base))
}

/// The natural logarithm of a positive number with the very rounding of Go's, which is FreeBSD's.
/// See <https://github.com/golang/go/blob/master/src/math/log.go>.
fn go_log(value: f64) -> f64 {
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const L: [f64; 7] = [
        6.666_666_666_666_735e-1,
        3.999_999_999_940_942e-1,
        2.857_142_874_366_239e-1,
        2.222_219_843_214_978_4e-1,
        1.818_357_216_161_805e-1,
        1.531_383_769_920_937_3e-1,
        1.479_819_860_511_658_6e-1,
    ];
    let [l1, l2, l3, l4, l5, l6, l7] = L;
    let (mut fraction, mut exponent) = (value, 0.0);
    while fraction >= 1.0 {
        fraction /= 2.0;
        exponent += 1.0;
    }
    while fraction < 0.5 {
        fraction *= 2.0;
        exponent -= 1.0;
    }
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        exponent -= 1.0;
    }
    let f = fraction - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let odd = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)));
    let even = s4 * (l2 + s4 * (l4 + s4 * l6));
    let half = 0.5 * f * f;
    exponent * LN2_HIGH - ((half - (s * (half + (odd + even)) + exponent * LN2_LOW)) - f)
}

/// Powers that have one value however they are rounded; others are beyond what can be said.
fn pow(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (base, exponent) = (arguments.number(0)?, arguments.number(1)?);
    let unsure = || EvalError::Limit("this power depends on how it is rounded".into());
    if exponent.add(exponent) == Some(Number::from(1_i64)) && !base.is_negative() {
        return float(base.as_f64().sqrt());
    }
    let times =
        exponent.absolute().and_then(Number::as_usize).filter(|times| *times <= 1024).ok_or_else(unsure)?;
    let mut power = Some(Number::from(1_i64));
    for _ in 0..times {
        power = power.and_then(|power| power.multiply(base));
    }
    let power = power.ok_or_else(unsure)?;
    match (exponent.is_negative(), base.as_integer()) {
        (true, Some(_)) if power != Number::ZERO => float(1.0 / power.as_f64()),
        (false, Some(_)) => float(power.as_f64()),
        _ => Err(unsure()),
    }
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
    let text = match arguments.known(0)? {
        Value::Text(text) => text.clone(),
        _ => return Err(EvalError::wrong("a string is needed")),
    };
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
