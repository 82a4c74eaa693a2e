//! Numbers as Terraform counts: exactly. `0.1 + 0.2` is `0.3`, and `1 / 3 * 3` is `1`.
//!
//! Terraform computes with 512 bits; a fraction of two 128-bit integers says the same for what people write, and a
//! result that does not fit is no number here, so that the caller says unknown instead of something wrong.

use std::cmp::Ordering;
use std::fmt;

/// An exact fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    numerator: i128,
    denominator: i128,
}

/// Digits after the point that a number read from text may have.
const MAX_SCALE: i64 = 36;

impl Number {
    pub(crate) const ZERO: Self = Self { numerator: 0, denominator: 1 };

    fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|divisor| *divisor != 0)?;
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        match denominator.cmp(&0) {
            Ordering::Greater => Some(Self { numerator, denominator }),
            Ordering::Less => {
                Some(Self { numerator: numerator.checked_neg()?, denominator: denominator.checked_neg()? })
            }
            Ordering::Equal => None,
        }
    }

    /// Reads digits with an optional sign, point and exponent; none for any other text and for what does not fit.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let unscaled: i128 = format!("0{whole}{fraction}").parse().ok()?;
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        Self::new(unscaled.checked_mul(sign)?, 1)?.shifted(scale)
    }

    /// Divided by ten to the power of `scale`.
    fn shifted(self, scale: i64) -> Option<Self> {
        if self.numerator == 0 {
            return Some(self);
        }
        if scale.abs() > MAX_SCALE {
            return None;
        }
        let factor = 10_i128.checked_pow(u32::try_from(scale.abs()).ok()?)?;
        if scale >= 0 {
            Self::new(self.numerator, self.denominator.checked_mul(factor)?)
        } else {
            Self::new(self.numerator.checked_mul(factor)?, self.denominator)
        }
    }

    /// The number that a float is shown as.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::parse(&format!("{value:e}")))?
    }

    /// The nearest float.
    pub(crate) fn as_f64(self) -> f64 {
        match self.to_text().and_then(|text| text.parse().ok()) {
            Some(exact) => exact,
            #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
            None => self.numerator as f64 / self.denominator as f64,
        }
    }

    /// The whole number, if it is one.
    pub(crate) fn as_integer(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// The whole number, if it is one that fits.
    pub(crate) fn as_i64(self) -> Option<i64> {
        i64::try_from(self.as_integer()?).ok()
    }

    /// The count, if it is a whole number that is not negative.
    pub(crate) fn as_usize(self) -> Option<usize> {
        usize::try_from(self.as_integer()?).ok()
    }

    pub(crate) fn is_negative(self) -> bool {
        self.numerator < 0
    }

    pub(crate) fn add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    pub(crate) fn negate(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, ..self })
    }

    pub(crate) fn subtract(self, other: Self) -> Option<Self> {
        self.add(other.negate()?)
    }

    pub(crate) fn multiply(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.numerator)?;
        Self::new(numerator, self.denominator.checked_mul(other.denominator)?)
    }

    /// None for a division by zero.
    pub(crate) fn divide(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.denominator)?;
        Self::new(numerator, self.denominator.checked_mul(other.numerator)?)
    }

    /// What is left of a division towards zero: of the sign of `self`. None for a division by zero.
    pub(crate) fn remainder(self, other: Self) -> Option<Self> {
        let whole = self.divide(other)?.truncate();
        self.subtract(other.multiply(whole)?)
    }

    fn truncate(self) -> Self {
        Self { numerator: self.numerator / self.denominator, denominator: 1 }
    }

    pub(crate) fn floor(self) -> Self {
        Self { numerator: self.numerator.div_euclid(self.denominator), denominator: 1 }
    }

    pub(crate) fn ceil(self) -> Self {
        let up = i128::from(self.numerator.rem_euclid(self.denominator) != 0);
        Self { numerator: self.numerator.div_euclid(self.denominator).saturating_add(up), denominator: 1 }
    }

    pub(crate) fn absolute(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_abs()?, ..self })
    }

    /// Decimal digits; none where they have no end.
    pub(crate) fn to_text(self) -> Option<String> {
        if self.denominator == 1 {
            return Some(self.numerator.to_string());
        }
        let (mut scaled, mut denominator, mut scale) = (self.numerator, self.denominator, 0_usize);
        while denominator != 1 {
            let step = Self::new(scaled.checked_mul(10)?, denominator)?;
            (scaled, denominator, scale) = (step.numerator, step.denominator, scale.checked_add(1)?);
            if scale > 80 {
                return None;
            }
        }
        let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - scale)?;
        Some(format!("{}{whole}.{fraction}", if scaled < 0 { "-" } else { "" }))
    }

    /// As JSON shows it: integers as integers.
    pub(crate) fn to_json(self) -> serde_json::Value {
        match self.as_integer() {
            Some(integer) => match (i64::try_from(integer), u64::try_from(integer)) {
                (Ok(integer), _) => integer.into(),
                (_, Ok(integer)) => integer.into(),
                _ => self.as_f64().into(),
            },
            None => self.as_f64().into(),
        }
    }
}

fn gcd(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self { numerator: value.into(), denominator: 1 }
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self { numerator: value.into(), denominator: 1 }
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self { numerator: i128::try_from(value).unwrap_or(i128::MAX), denominator: 1 }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_text() {
            Some(text) => formatter.write_str(&text),
            None => write!(formatter, "{}/{}", self.numerator, self.denominator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use proptest::prelude::*;

    #[test]
    fn text_is_read_and_shown_exactly() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("1.50", "1.5"),
            ("-0.05", "-0.05"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("18446744073709551616", "18446744073709551616"),
        ] {
            assert_eq!(
                Number::parse(text).map(|number| number.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["", "-", ".", "1e", "1x", " 1", "0x10", "1_0", "1e99999999999999999999", "inf"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_no_end_has_no_text() {
        let third = Number::from(1_i64).divide(3_i64.into()).expect("fits");
        assert_eq!(third.to_text(), None);
        assert_eq!(third.multiply(3_i64.into()), Some(1_i64.into()));
        assert_eq!(third.divide(Number::ZERO), None);
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_integers(left in -1_000_000_i64..1_000_000, right in 1_i64..1_000_000) {
            let (a, b) = (Number::from(left), Number::from(right));
            prop_assert_eq!(a.add(b), Some((left + right).into()));
            prop_assert_eq!(a.multiply(b), Some((left * right).into()));
            prop_assert_eq!(a.remainder(b), Some((left % right).into()));
            prop_assert_eq!(a.divide(b).map(Number::floor), Some(left.div_euclid(right).into()));
            prop_assert_eq!(a.cmp(&b), left.cmp(&right));
        }

        #[test]
        fn nothing_panics(text in "[-+0-9.eE]{0,60}", other in "-?[0-9]{1,38}(\\.[0-9]{1,30})?") {
            if let (Some(a), Some(b)) = (Number::parse(&text), Number::parse(&other)) {
                let _ = (a.add(b), a.subtract(b), a.multiply(b), a.divide(b), a.remainder(b), a.cmp(&b));
                let _ = (a.floor(), a.ceil(), a.to_text(), a.as_f64(), a.to_json());
            }
        }
    }
}
