//! Scalars as the provider has them: CloudFormation takes `"22"` for `22` and `"true"` for `true`, and the reverse.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;

/// Attributes by the type that they have wherever the provider has them: lines of `numbers` and of `texts`.
static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(include_str!("table/scalars.txt")));

#[derive(Default)]
struct Names {
    numbers: HashSet<&'static str>,
    texts: HashSet<&'static str>,
}

impl Names {
    fn new(text: &'static str) -> Self {
        let mut names = Self::default();
        for line in text.lines() {
            let (kind, words) = line.split_once(':').unwrap_or_default();
            let set = match kind {
                "numbers" => &mut names.numbers,
                "texts" => &mut names.texts,
                _ => continue,
            };
            set.extend(words.split_whitespace());
        }
        names
    }
}

/// A scalar for an attribute of this name; one that does not fit stays as it is written.
pub(super) fn typed(attribute: &str, value: &Value) -> Value {
    if NAMES.numbers.contains(attribute) {
        number(value)
    } else if NAMES.texts.contains(attribute) {
        text(value)
    } else {
        super::flag(value)
    }
}

fn number(value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(real)) if real.is_finite() => real.into(),
        _ => value.clone(),
    }
}

/// A number or a flag as text.
pub(super) fn text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => value.to_string().into(),
        _ => value.clone(),
    }
}
