//! Dates and times. See <https://developer.hashicorp.com/terraform/language/functions/formatdate> and its neighbours.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "formatdate" => function(2, 2, format),
        "timeadd" => function(2, 2, add),
        "timecmp" => function(2, 2, compare),
        "timestamp" | "plantimestamp" => function(0, 0, |arguments| Ok(arguments.unknown())),
        _ => None,
    }
}

/// A moment as a clock in its zone shows it.
#[derive(Clone, Copy)]
struct Time {
    local: DateTime,
    /// Seconds that the zone is ahead of UTC.
    offset: i32,
}

impl Time {
    /// RFC 3339, with a capital T and Z.
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_at_checked(10)?;
        let time = time.strip_prefix('T')?;
        let zone = time.find(['Z', '+', '-'])?;
        let (clock, zone) = time.split_at_checked(zone)?;
        let (whole, fraction) =
            clock.split_once('.').map_or((clock, None), |(whole, rest)| (whole, Some(rest)));
        let nanoseconds = match fraction {
            Some(digits) if !digits.is_empty() => number(format!("{digits:0<9}").get(..9)?)?,
            Some(_) => return None,
            None => 0,
        };
        let [year, month, day] = fields(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = fields(whole, ':', [2, 2, 2])?;
        let local = DateTime::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            nanoseconds,
        );
        Some(Self { local: local.ok()?, offset: offset(zone)? })
    }

    fn instant(self) -> Option<Timestamp> {
        Offset::from_seconds(self.offset).ok()?.to_timestamp(self.local).ok()
    }

    fn zone(self, colon: &str) -> String {
        let minutes = self.offset.abs() / 60;
        let sign = if self.offset < 0 { '-' } else { '+' };
        format!("{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60)
    }

    fn zone_or_z(self) -> String {
        if self.offset == 0 { "Z".to_owned() } else { self.zone(":") }
    }
}

fn offset(zone: &str) -> Option<i32> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let [hours, minutes] = fields(zone.get(1..)?, ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Numbers of so many digits.
fn fields<const N: usize>(text: &str, separator: char, lengths: [usize; N]) -> Option<[i32; N]> {
    let parts: Vec<&str> = text.split(separator).collect();
    let parts: [&str; N] = parts.try_into().ok()?;
    let mut numbers = [0; N];
    for ((slot, part), length) in numbers.iter_mut().zip(parts).zip(lengths) {
        *slot = number(part).filter(|_| part.len() == length)?;
    }
    Some(numbers)
}

fn number(text: &str) -> Option<i32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn time(arguments: &Arguments<'_>, index: usize) -> Result<Time, EvalError> {
    let text = arguments.text(index)?;
    Time::parse(&text).ok_or_else(|| EvalError::Wrong(format!("{text:?} is no time in RFC 3339")))
}

fn compare(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let far = || EvalError::Limit("the time is too far away".into());
    let left = time(arguments, 0)?.instant().ok_or_else(far)?;
    let right = time(arguments, 1)?.instant().ok_or_else(far)?;
    let order: i64 = match left.cmp(&right) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    };
    Ok(Value::Number(order.into()))
}

fn add(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (time, text) = (time(arguments, 0)?, arguments.text(1)?);
    let duration = duration(&text).ok_or_else(|| EvalError::Wrong(format!("{text:?} is no duration")))?;
    let local = time.local.checked_add(SignedDuration::from_nanos(duration));
    let local = local.map_err(|_| EvalError::Limit("the time is too far away".into()))?;
    let moved = Time { local, ..time };
    Ok(Value::Text(format!("{}{}", local.strftime("%Y-%m-%dT%H:%M:%S"), moved.zone_or_z())))
}

/// Nanoseconds of a duration as Go writes it: `1h30m`, `-1.5s`.
fn duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total = 0_i64;
    while !rest.is_empty() {
        let end = rest.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let (digits, after) = rest.split_at_checked(end)?;
        let end = after
            .find(|character: char| character.is_ascii_digit() || character == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(end)?;
        let unit: i64 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let amount = crate::terraform::number::Number::parse(digits)?.multiply(unit.into())?;
        total = total.checked_add(amount.floor().as_i64()?)?;
        rest = after;
    }
    (!text.trim_start_matches(['-', '+']).is_empty()).then_some(sign * total)
}

fn format(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (pattern, time) = (arguments.text(0)?, time(arguments, 1)?);
    let (mut shown, mut rest) = (String::new(), pattern.as_str());
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (literal, after) = quoted(rest)?;
            shown.push_str(&literal);
            rest = after;
            continue;
        }
        let is_verb = first.is_ascii_alphabetic();
        let end = rest.find(
            |next: char| if is_verb { next != first } else { next == '\'' || next.is_ascii_alphabetic() },
        );
        let (token, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        if is_verb {
            let verb = verb(first, token.len(), time);
            shown.push_str(&verb.ok_or_else(|| EvalError::Wrong(format!("there is no verb {token:?}")))?);
        } else {
            shown.push_str(token);
        }
        rest = after;
    }
    Ok(Value::Text(shown))
}

/// What stands between quotes; two quotes are one.
fn quoted(text: &str) -> Result<(String, &str), EvalError> {
    let rest = text.strip_prefix('\'').unwrap_or(text);
    if let Some(after) = rest.strip_prefix('\'') {
        return Ok(("'".to_owned(), after));
    }
    let (mut literal, mut rest) = (String::new(), rest);
    loop {
        let (before, after) =
            rest.split_once('\'').ok_or_else(|| EvalError::wrong("a quote is not closed"))?;
        literal.push_str(before);
        match after.strip_prefix('\'') {
            Some(next) => {
                literal.push('\'');
                rest = next;
            }
            None => return Ok((literal, after)),
        }
    }
}

fn verb(letter: char, length: usize, time: Time) -> Option<String> {
    let local = time.local;
    let one_or_two = |value: i8| match length {
        1 => Some(value.to_string()),
        2 => Some(format!("{value:02}")),
        _ => None,
    };
    match (letter, length) {
        ('Y', 2) => Some(format!("{:02}", local.year() % 100)),
        ('Y', 4) => Some(format!("{:04}", local.year())),
        ('M', 3) => Some(local.strftime("%b").to_string()),
        ('M', 4) => Some(local.strftime("%B").to_string()),
        ('M', _) => one_or_two(local.month()),
        ('D', _) => one_or_two(local.day()),
        ('E', 3) => Some(local.strftime("%a").to_string()),
        ('E', 4) => Some(local.strftime("%A").to_string()),
        ('h', _) => one_or_two(local.hour()),
        ('H', _) => one_or_two(if local.hour() % 12 == 0 { 12 } else { local.hour() % 12 }),
        ('A', 2) => Some(if local.hour() < 12 { "AM" } else { "PM" }.to_owned()),
        ('a', 2) => Some(if local.hour() < 12 { "am" } else { "pm" }.to_owned()),
        ('m', _) => one_or_two(local.minute()),
        ('s', _) => one_or_two(local.second()),
        ('Z', 1) => Some(time.zone_or_z()),
        ('Z', 3) if time.offset == 0 => Some("UTC".to_owned()),
        ('Z', 3 | 4) => Some(time.zone("")),
        ('Z', 5) => Some(time.zone(":")),
        _ => None,
    }
}
