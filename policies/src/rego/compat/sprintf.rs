//! `sprintf` as Go's `fmt.Sprintf` does it for what OPA hands to it: integers, floats and strings.
//!
//! Upstream: `regorus` ends the rule for arguments that are missing, left over or of another type; Go writes
//! `%!d(MISSING)`, `%!(EXTRA …)` and `%!d(string=…)`. See <https://pkg.go.dev/fmt#hdr-Format_errors>.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regorus::Value;

use super::bounds::MAX_BYTES;
use super::functions::TooLarge;
use super::values::{self, Bounded};

/// Go refuses a width or a precision beyond this.
const MAX_WIDTH: usize = 1_000_000;

const TOO_LARGE: TooLarge = TooLarge { function: "sprintf", limit: MAX_BYTES, unit: "bytes" };

/// An argument, as OPA gives it to Go.
enum Argument {
    Integer(i64),
    /// Its decimal digits.
    Big(String),
    Float(f64),
    Text(String),
}

#[derive(Default)]
struct Flags {
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// Formats the values. An error is an answer beyond the bound.
pub(super) fn sprintf<'a>(format: &str, values: impl Iterator<Item = &'a Value>) -> Result<String, TooLarge> {
    formatted(format, values.map(argument).collect::<Result<Vec<_>, _>>()?)
}

/// As [`sprintf`], for values that Go read from JSON.
pub(super) fn json(format: &str, values: &[&serde_json::Value]) -> Result<String, TooLarge> {
    formatted(format, values.iter().map(|value| read(value)).collect())
}

fn read(value: &serde_json::Value) -> Argument {
    use serde_json::Value;
    match value {
        Value::Number(number) => Argument::Float(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Argument::Text(text.clone()),
        Value::Bool(value) => Argument::Text(value.to_string()),
        Value::Null => Argument::Text("<nil>".to_owned()),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| read(item).plain()).collect();
            Argument::Text(format!("[{}]", items.join(" ")))
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().map(|(key, value)| format!("{key}:{}", read(value).plain())).collect();
            fields.sort();
            Argument::Text(format!("map[{}]", fields.join(" ")))
        }
    }
}

fn formatted(format: &str, arguments: Vec<Argument>) -> Result<String, TooLarge> {
    let mut state = State { out: String::new(), arguments, next: 0, reordered: false };
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '%' {
            state.verb(&mut letters);
        } else {
            state.out.push(letter);
        }
        if state.out.len() > MAX_BYTES {
            return Err(TOO_LARGE);
        }
    }
    state.extra();
    Ok(state.out)
}

fn argument(value: &Value) -> Result<Argument, TooLarge> {
    Ok(match value {
        Value::String(text) => Argument::Text(text.to_string()),
        Value::Number(digits) => {
            number(&values::digits(value, digits.as_f64().is_none().then(|| digits.format_decimal())))
        }
        _ => {
            let mut text = Bounded::new(MAX_BYTES);
            values::write(&mut text, value).map_err(|_| TOO_LARGE)?;
            Argument::Text(text.into_text())
        }
    })
}

fn number(text: &str) -> Argument {
    if let Ok(integer) = text.parse() {
        return Argument::Integer(integer);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    match text.parse() {
        _ if digits.bytes().all(|digit| digit.is_ascii_digit()) => Argument::Big(text.to_owned()),
        Ok(float) => Argument::Float(float),
        Err(_) => Argument::Text(text.to_owned()),
    }
}

struct State {
    out: String,
    arguments: Vec<Argument>,
    next: usize,
    reordered: bool,
}

impl State {
    /// What stands behind a `%`.
    fn verb(&mut self, letters: &mut Peekable<Chars<'_>>) {
        let mut flags = Flags::read(letters);
        let mut good = self.index(letters);
        if letters.next_if_eq(&'*').is_some() {
            let width = self.integer();
            flags.minus |= width.is_some_and(|width| width < 0);
            flags.width = width.and_then(|width| usize::try_from(width.unsigned_abs()).ok());
            if flags.width.is_none() {
                self.out.push_str("%!(BADWIDTH)");
            }
        } else {
            flags.width = count(letters);
        }
        if letters.next_if_eq(&'.').is_some() {
            good &= self.index(letters);
            if letters.next_if_eq(&'*').is_some() {
                flags.precision = self.integer().and_then(|precision| usize::try_from(precision).ok());
                if flags.precision.is_none() {
                    self.out.push_str("%!(BADPREC)");
                }
            } else {
                flags.precision = Some(count(letters).unwrap_or(0));
            }
        }
        good &= self.index(letters);
        match letters.next() {
            None => self.out.push_str("%!(NOVERB)"),
            Some('%') => self.out.push('%'),
            Some(verb) if !good => self.put(format_args!("%!{verb}(BADINDEX)")),
            Some(verb) => match self.arguments.get(self.next) {
                None => self.put(format_args!("%!{verb}(MISSING)")),
                Some(argument) => {
                    let text = flags.format(verb, argument);
                    self.out.push_str(&text);
                    self.next += 1;
                }
            },
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    /// Reads `[3]`, if it is there; false for an index that there is not.
    fn index(&mut self, letters: &mut Peekable<Chars<'_>>) -> bool {
        if letters.next_if_eq(&'[').is_none() {
            return true;
        }
        self.reordered = true;
        let index = count(letters);
        let closed = letters.by_ref().find(|letter| *letter == ']').is_some();
        match index {
            Some(index) if closed && (1..=self.arguments.len()).contains(&index) => {
                self.next = index - 1;
                true
            }
            _ => false,
        }
    }

    /// The next argument, for a `*`.
    fn integer(&mut self) -> Option<i64> {
        let argument = self.arguments.get(self.next)?;
        self.next += 1;
        match argument {
            Argument::Integer(integer) if integer.unsigned_abs() <= MAX_WIDTH as u64 => Some(*integer),
            _ => None,
        }
    }

    fn extra(&mut self) {
        if self.reordered || self.next >= self.arguments.len() {
            return;
        }
        let left: Vec<_> = self.arguments.iter().skip(self.next).map(Argument::typed).collect();
        self.put(format_args!("%!(EXTRA {})", left.join(", ")));
    }
}

fn count(letters: &mut Peekable<Chars<'_>>) -> Option<usize> {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    digits.parse().ok().filter(|count| *count <= MAX_WIDTH)
}

impl Argument {
    fn kind(&self) -> &'static str {
        match self {
            Self::Integer(_) => "int",
            Self::Big(_) => "*big.Int",
            Self::Float(_) => "float64",
            Self::Text(_) => "string",
        }
    }

    /// As `%v`.
    fn plain(&self) -> String {
        match self {
            Self::Integer(integer) => integer.to_string(),
            Self::Big(text) | Self::Text(text) => text.clone(),
            Self::Float(float) => shortest(*float, 'e'),
        }
    }

    fn typed(&self) -> String {
        format!("{}={}", self.kind(), self.plain())
    }
}

impl Flags {
    fn read(letters: &mut Peekable<Chars<'_>>) -> Self {
        let mut flags = Self::default();
        while let Some(flag) = letters.next_if(|letter| "+-# 0".contains(*letter)) {
            match flag {
                '+' => flags.plus = true,
                '-' => flags.minus = true,
                '#' => flags.sharp = true,
                ' ' => flags.space = true,
                _ => flags.zero = true,
            }
        }
        flags
    }

    fn format(&self, verb: char, argument: &Argument) -> String {
        let text = match argument {
            _ if verb == 'T' => Some(self.padded(argument.kind().to_owned())),
            Argument::Integer(integer) => self.integer(verb, i128::from(*integer)),
            Argument::Big(digits) => self.big(verb, digits),
            Argument::Float(float) => self.float(verb, *float),
            Argument::Text(text) => self.text(verb, text),
        };
        text.unwrap_or_else(|| format!("%!{verb}({})", argument.typed()))
    }

    fn text(&self, verb: char, text: &str) -> Option<String> {
        let cut: String = text.chars().take(self.precision.unwrap_or(usize::MAX)).collect();
        Some(self.padded(match verb {
            'v' if self.sharp => quoted(text),
            'v' | 's' => cut,
            'q' => quoted(&cut),
            'x' => cut.bytes().map(|byte| format!("{byte:02x}")).collect(),
            'X' => cut.bytes().map(|byte| format!("{byte:02X}")).collect(),
            _ => return None,
        }))
    }

    fn integer(&self, verb: char, value: i128) -> Option<String> {
        let size = value.unsigned_abs();
        let (digits, prefix) = match verb {
            'v' | 'd' => (size.to_string(), ""),
            'b' => (format!("{size:b}"), "0b"),
            'o' => (format!("{size:o}"), "0"),
            'O' => (format!("{size:o}"), "0o"),
            'x' => (format!("{size:x}"), "0x"),
            'X' => (format!("{size:X}"), "0X"),
            'c' | 'q' | 'U' => return Some(self.letter(verb, value)),
            _ => return None,
        };
        let prefix = if self.sharp || verb == 'O' { prefix } else { "" };
        Some(self.signed(value < 0, prefix, &digits))
    }

    fn letter(&self, verb: char, value: i128) -> String {
        let letter = u32::try_from(value).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
        self.padded(match verb {
            'c' => letter.to_string(),
            'q' => format!("{letter:?}"),
            _ => format!("U+{value:04X}"),
        })
    }

    fn big(&self, verb: char, digits: &str) -> Option<String> {
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, digits),
        };
        matches!(verb, 'v' | 'd' | 's').then(|| self.signed(negative, "", digits))
    }

    /// Digits with a sign, a prefix, and zeros up to the precision or the width.
    fn signed(&self, negative: bool, prefix: &str, digits: &str) -> String {
        let sign = self.sign(negative);
        let zeros = match self.precision {
            Some(precision) => precision,
            None if self.zero && !self.minus => self.width.unwrap_or(0).saturating_sub(sign.len()),
            None => 0,
        };
        self.padded(format!("{sign}{prefix}{digits:0>zeros$}"))
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.space) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        }
    }

    fn float(&self, verb: char, value: f64) -> Option<String> {
        let size = value.abs();
        let digits = match (verb, self.precision) {
            ('v' | 'g', None) => shortest(size, 'e'),
            ('G', None) => shortest(size, 'E'),
            ('v' | 'g' | 'G', Some(precision)) => general(size, precision, verb == 'G'),
            ('e' | 'E', precision) => {
                let text = format!("{size:.*e}", precision.unwrap_or(6));
                let text = exponent(&text);
                if verb == 'E' { text.to_uppercase() } else { text }
            }
            ('f' | 'F', precision) => format!("{size:.*}", precision.unwrap_or(6)),
            _ => return None,
        };
        let whole = Self { precision: None, ..*self };
        Some(whole.signed(value.is_sign_negative(), "", &digits))
    }

    fn padded(&self, text: String) -> String {
        let missing = self.width.unwrap_or(0).saturating_sub(text.chars().count());
        match (missing, self.minus) {
            (0, _) => text,
            (_, true) => text + &" ".repeat(missing),
            (_, false) => (if self.zero { "0" } else { " " }).repeat(missing) + &text,
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = Bounded::new(MAX_BYTES);
    // Beyond the bound the text is cut, and the bound is found again by the caller.
    let _ = values::quoted(&mut out, text);
    out.into_text()
}

/// The fewest digits that read back as the same number, with an exponent when it is below -4 or over 5 (`%v`).
fn shortest(value: f64, mark: char) -> String {
    let scientific = format!("{value:e}");
    let power: i32 = scientific.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let text = if (-4..6).contains(&power) { format!("{value}") } else { exponent(&scientific) };
    if mark == 'E' { text.to_uppercase() } else { text }
}

fn general(value: f64, precision: usize, upper: bool) -> String {
    let precision = precision.max(1);
    let scientific = format!("{value:.*e}", precision - 1);
    let (digits, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let text = if power < -4 || usize::try_from(power).is_ok_and(|power| power >= precision) {
        exponent(&format!("{}e{power}", trimmed(digits)))
    } else {
        let places = i32::try_from(precision).unwrap_or(i32::MAX) - 1 - power;
        trimmed(&format!("{value:.*}", usize::try_from(places).unwrap_or(0))).to_owned()
    };
    if upper { text.to_uppercase() } else { text }
}

fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// Go's exponents have a sign and two digits.
fn exponent(scientific: &str) -> String {
    let (digits, power) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{digits}e{sign}{power:0>2}")
}
