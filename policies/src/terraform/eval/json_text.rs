//! Text that is JSON but for parts that are not known, such as a policy in a heredoc with a bucket's ARN in it: its
//! structure is known, and with it all that no unknown part can take away.

use super::template::Part;
use crate::terraform::value::Value;

/// Stands for an unknown part, with its number and once more behind it. A private character, see
/// <https://www.unicode.org/charts/PDF/UE000.pdf>.
const MARK: char = '\u{F8FE}';

/// The text, if it is JSON with unknown parts in strings or in the place of whole values.
pub(super) fn of(parts: &[Part]) -> Option<Value> {
    let mut text = String::new();
    let mut unknown = Vec::new();
    let mut in_string = false;
    for part in parts {
        match part {
            Part::Known(known) if known.contains(MARK) => return None,
            Part::Known(known) => {
                in_string = ends_in_string(known, in_string);
                text.push_str(known);
            }
            Part::Unknown(value) => {
                let quote = if in_string { "" } else { "\"" };
                text.push_str(&format!("{quote}{MARK}{}{MARK}{quote}", unknown.len()));
                unknown.push((value, in_string));
            }
        }
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let parsed: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(Value::json_text(restore(Value::from_json(&parsed), &unknown)))
}

/// Whether a text that starts inside or outside of a JSON string ends inside of one.
fn ends_in_string(text: &str, starts_in_string: bool) -> bool {
    let (mut in_string, mut escaped) = (starts_in_string, false);
    for character in text.chars() {
        match character {
            '\\' if in_string => escaped = !escaped,
            '"' if !escaped => in_string = !in_string,
            _ => escaped = false,
        }
    }
    in_string
}

/// Puts the unknown parts back in.
fn restore(value: Value, unknown: &[(&Value, bool)]) -> Value {
    match value {
        Value::Text(text) if text.contains(MARK) => string(&text, unknown),
        Value::Tuple(items) => Value::Tuple(items.into_iter().map(|item| restore(item, unknown)).collect()),
        Value::Object(entries) => {
            let is_open = entries.keys().any(|key| key.contains(MARK));
            let keys: Vec<Value> =
                entries.keys().filter(|key| key.contains(MARK)).map(|key| string(key, unknown)).collect();
            let restored = entries.into_iter().map(|(key, value)| (key, restore(value, unknown)));
            if is_open {
                let all = Value::Tuple(restored.map(|(_, value)| value).chain(keys).collect());
                return Value::linked(all.links());
            }
            Value::Object(restored.collect())
        }
        other => other,
    }
}

fn string(text: &str, unknown: &[(&Value, bool)]) -> Value {
    let numbers = text.split(MARK).skip(1).step_by(2);
    let parts: Vec<&(&Value, bool)> =
        numbers.filter_map(|number| unknown.get(number.parse::<usize>().ok()?)).collect();
    if let [(Value::Unknown(part), false)] = parts.as_slice() {
        // In the place of a value: what it encodes, if that is known.
        return part.json.as_ref().map_or_else(|| Value::linked(part.links.clone()), |json| (**json).clone());
    }
    Value::linked(parts.iter().flat_map(|(value, _)| value.links()).collect())
}
